/** Findings of one file, whichever it is: a policy or a setup document. Reading and fixing for `sealpost lint`. */
import type { Finding } from '../lint/finding.ts';
import { fixText } from '../lint/fix-text.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import { likelyPolicyType } from '../lint/policy-kind.ts';
import { isObject, policyView } from '../lint/policy-view.ts';
import { loadServiceAuthorization, type ServiceAuthorization } from '../aws/service-authorization.ts';
import type { Fault } from '../policy/document/fault.ts';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import type { SourceText } from '../policy/document/source-text.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import { readDocument } from '../setup/read-document.ts';
import { CliFault } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface LintFileOptions {
  /** `null`: told from the content. */
  readonly type: PolicyType | null;
  /** Whether safe fixes are written back to the file. */
  readonly isFixing: boolean;
}

export type LintedFile =
  | { readonly ok: true; readonly findings: readonly Finding[]; readonly fixed: readonly string[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A policy that needs more fixes than this has a rule that undoes its own work. */
const fixesMax = 1000;

/**
 * Reads and lints one file.
 *
 * @param texts what was read, by the name that findings have; `null` for standard input
 * @throws {CliFault} the file can't be read
 */
export async function lintFile(
  path: string,
  options: LintFileOptions,
  terminal: Terminal,
  texts: Map<string | null, string>,
): Promise<LintedFile> {
  const file = path === '-' ? null : path;
  const content = await readFile(path, terminal);
  texts.set(file, content);
  const read = await readDocument(content, file);
  if (!read.ok) return read;
  if (!isPolicy(read.source.value)) return lintSetup(content, file, terminal, texts);
  const linted = await lintPolicyText(read.source, options);
  if (!linted.ok || !options.isFixing || file === null) return linted;
  const fixed: string[] = [];
  let source = read.source;
  let findings = linted.findings;
  while (fixed.length < fixesMax) {
    const fix = findings.find((finding) => finding.fix !== null)?.fix ?? null;
    const text = fix === null ? null : fixText(source.text, fix);
    if (fix === null || text === null || text === source.text) break;
    const after = await readDocument(text, file);
    if (!after.ok) break;
    const again = await lintPolicyText(after.source, options);
    if (!again.ok) break;
    fixed.push(fix.summary);
    source = after.source;
    findings = again.findings;
  }
  if (fixed.length > 0) {
    await terminal.writeText(file, source.text);
    texts.set(file, source.text);
  }
  return { ok: true, findings, fixed };
}

async function lintPolicyText(source: SourceText, options: LintFileOptions): Promise<LintedFile> {
  const { file, value } = source;
  const type = options.type ?? likelyPolicyType(value);
  const parsed = parsePolicy(value, { type, file, locate: (pointer) => source.locate(pointer) });
  if (!parsed.ok) return parsed;
  return {
    ok: true,
    fixed: [],
    findings: lintPolicy({
      value,
      type,
      text: source.text,
      source: { source: file ?? '-', label: 'the policy', file, locate: (pointer) => source.locate(pointer) },
      authorization: await authorizationFor([value]),
    }),
  };
}

/** A setup's findings: of `check`, where it has what that needs, and of the policies that take no part in the delivery. */
async function lintSetup(
  text: string,
  file: string | null,
  terminal: Terminal,
  texts: Map<string | null, string>,
): Promise<LintedFile> {
  const { readSetupText } = await import('../setup/read-setup.ts');
  const read = await readSetupText(text, {
    file,
    readFile: async (path) => {
      const content = await terminal.readText(path);
      texts.set(path, content);
      return content;
    },
  });
  if (!read.ok) return read;
  const { compileSetup } = await import('../setup/compile-setup.ts');
  const { check, missingForCheck } = await import('../delivery/check.ts');
  const ofDelivery =
    missingForCheck(read.setup).length === 0
      ? check(compileSetup(read.setup), { at: new Date(terminal.nowMillis()) }).findings
      : [];
  const policies = [...read.setup.policySources.values()];
  const authorization = await authorizationFor(policies.map(({ slot }) => slot.value));
  const ofPolicies = policies.flatMap((policy) =>
    lintPolicy({ value: policy.slot.value, type: policy.slot.type, source: policy, authorization }),
  );
  // The delivery's facts only add to what is said of a policy by itself.
  const told = new Set(ofDelivery.map(idOf));
  return {
    ok: true,
    fixed: [],
    findings: [...ofDelivery, ...ofPolicies.filter((finding) => !told.has(idOf(finding)))],
  };
}

function idOf({ code, source, pointer }: Finding): string {
  return JSON.stringify([code, source, pointer]);
}

function isPolicy(value: unknown): boolean {
  return isObject(value) && ('Statement' in value || 'Version' in value);
}

/** The authorization data of every service that the policies name. */
async function authorizationFor(values: readonly unknown[]): Promise<ServiceAuthorization> {
  const prefixes = values.flatMap((value) =>
    policyView(value).statements.flatMap(({ actions, notActions, conditions }) => [
      ...[...(actions ?? []), ...(notActions ?? [])].map(({ text }) => text.split(':')[0] ?? ''),
      ...conditions.map(({ key }) => key.split(':')[0] ?? ''),
    ]),
  );
  return loadServiceAuthorization(prefixes);
}

async function readFile(path: string, terminal: Terminal): Promise<string> {
  try {
    return await terminal.readText(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new CliFault({
      code: 'file-not-readable',
      message: `\`${path}\` can't be read: ${isMissing ? 'there is no such file' : error instanceof Error ? error.message : 'no reason given'}`,
      next: 'write the path of a policy or a setup document, or - for standard input',
    });
  }
}
