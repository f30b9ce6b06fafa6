/** Findings of one file, whichever it is: a policy or a setup document. Reading and fixing for `sealpost lint`. */
import type { Finding } from '../lint/finding.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import { likelyPolicyType } from '../lint/policy-kind.ts';
import { isObject } from '../lint/policy-view.ts';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import type { SourceText } from '../policy/document/source-text.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import { readDocument } from '../setup/read-document.ts';
import { authorizationFor } from './authorization-for.ts';
import { CliFault } from './command.ts';
import { fixedText } from './fixed-text.ts';
import { fixesMax, type LintedFile } from './linted-file.ts';
import type { Terminal } from './terminal.ts';

export interface LintFileOptions {
  /** `null`: told from the content. */
  readonly type: PolicyType | null;
  /** Whether safe fixes are written back to the file. */
  readonly isFixing: boolean;
}

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
  if (!isPolicy(read.source.value)) {
    const { lintSetup } = await import('./lint-setup.ts');
    return lintSetup(content, path, options, terminal, texts);
  }
  const linted = await lintPolicyText(read.source, options);
  if (!linted.ok || !options.isFixing || file === null) return linted;
  const fixed: string[] = [];
  // A fix makes no other kind of policy of it.
  const type = options.type ?? likelyPolicyType(read.source.value);
  let source = read.source;
  let findings = linted.findings;
  while (fixed.length < fixesMax) {
    const next = await firstFixed(source.text, findings);
    const after = next === null ? null : await readDocument(next.text, file);
    const again = after?.ok === true ? await lintPolicyText(after.source, { ...options, type }) : null;
    if (next === null || after?.ok !== true || again?.ok !== true) break;
    fixed.push(next.summary);
    source = after.source;
    findings = again.findings;
  }
  if (fixed.length > 0) {
    await terminal.writeText(file, source.text);
    texts.set(file, source.text);
  }
  return { ok: true, findings, fixed };
}

/** The text after the first fix that can be made in it. */
async function firstFixed(
  text: string,
  findings: readonly Finding[],
): Promise<{ readonly text: string; readonly summary: string } | null> {
  for (const { fix } of findings) {
    const after = fix === null ? null : await fixedText(text, fix);
    if (fix !== null && after !== null) return { text: after, summary: fix.summary };
  }
  return null;
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

function isPolicy(value: unknown): boolean {
  return isObject(value) && ('Statement' in value || 'Version' in value);
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
