/**
 * A fix for those whose policies are made by Terraform or a template: the statements as they are to be, in the language
 * of the file, to be pasted into their own sources.
 */
import { isDeepStrictEqual } from 'node:util';
import { parseArn } from '../../../aws/arn.ts';
import { patched } from '../../../delivery/fix/policy-edit.ts';
import type { PolicyChange, SmallestFix, StatementsToPaste } from '../../../delivery/report.ts';
import { defaultKeyPolicy } from '../../../setup/aws-policies.ts';
import type { InputFile } from '../../../setup/inputs/read-inputs.ts';
import type { LoadedSetup } from '../../../setup/loaded-setup.ts';
import { hcl } from '../../hcl.ts';
import type { SourceFiles } from '../../source-files.ts';

/** The fix, each change with what to paste and where. */
export async function withPastes(
  fix: SmallestFix,
  loaded: LoadedSetup,
  inputs: readonly InputFile[],
  files: SourceFiles,
): Promise<SmallestFix> {
  const changes: PolicyChange[] = [];
  for (const change of fix.changes)
    changes.push({ ...change, paste: await pasteOf(change, loaded, inputs, files) });
  return { ...fix, changes };
}

async function pasteOf(
  { target, patch, file }: PolicyChange,
  loaded: LoadedSetup,
  inputs: readonly InputFile[],
  files: SourceFiles,
): Promise<StatementsToPaste> {
  const before = loaded.policySources.get(target)?.slot.value;
  // AWS's default was written by nobody, and a policy that is written takes its place whole.
  const old = isDefaultKeyPolicy(before, loaded, target) ? [] : statementsOf(before);
  const statements = statementsOf(patched(before, patch)).filter(
    (statement) => !old.some((other) => isDeepStrictEqual(statement, other)),
  );
  const kind = (inputs.find(({ path }) => path === (file ?? '-')) ?? inputs[0])?.kind;
  const text =
    kind === 'terraform'
      ? statements.map((statement) => `${hcl(statement, '')},\n`).join('')
      : await templateText(statements, files.textOf(file));
  return {
    language: kind === 'terraform' ? 'terraform' : 'cloudformation',
    address: addressOf(loaded, target) ?? addressOf(loaded, ownerOf(target)),
    text,
    standsFor: standIns(loaded, inputs, files).filter(({ value }) => text.includes(value)),
  };
}

function isDefaultKeyPolicy(policy: unknown, { setup }: LoadedSetup, target: string): boolean {
  const index = /^keys\[(\d+)\]\.policy$/.exec(target)?.[1];
  const arn = parseArn(setup.keys?.[Number(index ?? -1)]?.arn ?? '');
  return arn !== null && isDeepStrictEqual(policy, defaultKeyPolicy(arn.partition, arn.account));
}

async function templateText(statements: readonly unknown[], template: string | null): Promise<string> {
  if (template !== null && /^\uFEFF?\s*\{/.test(template))
    return `${statements.map((statement) => JSON.stringify(statement, null, 2)).join(',\n')}\n`;
  const { stringify } = await import('yaml');
  return stringify(statements, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' });
}

function statementsOf(policy: unknown): readonly unknown[] {
  const statement: unknown =
    typeof policy === 'object' && policy !== null && 'Statement' in policy ? policy.Statement : [];
  return Array.isArray(statement) ? statement : [statement];
}

/** ARNs and names of what is not made yet: no file holds them, and nobody should paste them. */
function standIns(
  { setup }: LoadedSetup,
  inputs: readonly InputFile[],
  files: SourceFiles,
): StatementsToPaste['standsFor'] {
  const texts = inputs.map(({ path }) => files.textOf(path) ?? '');
  const isWritten = (value: string): boolean => texts.some((text) => text.includes(value));
  const named = [
    ...(setup.keys ?? []).map(({ arn }, i) => ({ value: arn, owner: `keys[${String(i)}]` })),
    ...(setup.buckets ?? []).map(({ name }, i) => ({ value: name, owner: `buckets[${String(i)}]` })),
    ...(setup.topics ?? []).map(({ arn }, i) => ({ value: arn, owner: `topics[${String(i)}]` })),
  ];
  return named.flatMap(({ value, owner }) => {
    const last = value.slice(value.search(/[^:/]*$/));
    if (isWritten(value) || isWritten(last)) return [];
    return [{ value, source: owner }];
  });
}

/** `keys[0]` of `keys[0].policy`. */
function ownerOf(target: string): string {
  return target.replace(/\..*$/, '');
}

/** The resource that declares it: the label of its policy says it in brackets. */
function addressOf({ policySources }: LoadedSetup, target: string): string | null {
  const label =
    policySources.get(target)?.label ??
    [...policySources].find(([source]) => source.startsWith(`${target}.`))?.[1].label;
  return /\(([^()]+)\)$/.exec(label ?? '')?.[1] ?? null;
}
