/**
 * Generated statements into a policy that exists, in its own text: a statement of the same Sid is replaced, all others,
 * their order, layout and comments stay.
 */
import { isDeepStrictEqual } from 'node:util';
import { patched } from '../../../delivery/fix/policy-edit.ts';
import type { GeneratedPolicy } from '../../../delivery/policies.ts';
import type { PatchOperation } from '../../../lint/finding.ts';

export interface ExistingPolicy {
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly isJson: boolean;
}

export interface MergedPolicy {
  readonly value: unknown;
  /** The existing text with the changes made; `null` where it can't be edited in place. */
  readonly text: string | null;
}

export async function mergedInto(
  existing: ExistingPolicy,
  generated: GeneratedPolicy,
): Promise<MergedPolicy> {
  const operations = operationsOf(existing.value, generated);
  const value = patched(existing.value, operations);
  const edit = existing.isJson
    ? (await import('../../edit-json.ts')).editJson
    : (await import('../../edit-yaml.ts')).editYaml;
  let text: string | null = existing.text;
  for (const operation of operations) text = text === null ? null : edit(text, operation);
  return { value, text: text !== null && (await holds(text, value, existing.isJson)) ? text : null };
}

/** Whether the policy leaves permissions to the IAM policies of its account, or will when it is merged. */
export function isKeyDelegated({ Statement }: Readonly<Record<string, unknown>>): boolean {
  const administration = listOf(Statement).filter(isAdministration);
  return administration.length === 0 || administration.some(isToAccount);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isToAccount(statement: unknown): boolean {
  if (typeof statement !== 'object' || statement === null || !('Principal' in statement)) return false;
  const { Principal } = statement;
  if (typeof Principal !== 'object' || Principal === null || !('AWS' in Principal)) return false;
  return listOf(Principal.AWS).some((text) => typeof text === 'string' && /^\d{12}$|:root$/.test(text));
}

function operationsOf(
  { Statement }: Readonly<Record<string, unknown>>,
  generated: GeneratedPolicy,
): readonly PatchOperation[] {
  const statements = listOf(Statement);
  const ours = new Map(generated.Statement.map((statement) => [statement.Sid, statement]));
  // A statement that keeps the key changeable is there already, whatever it is called.
  if (statements.some(isAdministration)) ours.delete('EnableIAMUserPermissions');
  const operations: PatchOperation[] = [];
  // A statement alone becomes the first of a list.
  if (!Array.isArray(Statement)) operations.push({ op: 'replace', path: '/Statement', value: [Statement] });
  for (const [i, statement] of statements.entries()) {
    const sid = sidOf(statement);
    const replacement = sid === null ? undefined : ours.get(sid);
    if (replacement === undefined) continue;
    ours.delete(replacement.Sid);
    if (!isDeepStrictEqual(statement, replacement))
      operations.push({ op: 'replace', path: `/Statement/${String(i)}`, value: replacement });
  }
  for (const value of ours.values()) operations.push({ op: 'add', path: '/Statement/-', value });
  return operations;
}

async function holds(text: string, value: unknown, isJson: boolean): Promise<boolean> {
  try {
    const read: unknown = isJson
      ? JSON.parse(text.replace(/^\uFEFF/, ''))
      : (await import('yaml')).parse(text);
    return isDeepStrictEqual(plain(read), plain(value));
  } catch {
    return false;
  }
}

/** Without prototypes, in which readers differ. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function sidOf(statement: unknown): string | null {
  if (typeof statement !== 'object' || statement === null || !('Sid' in statement)) return null;
  return typeof statement.Sid === 'string' ? statement.Sid : null;
}

/** The statement that leaves a key to its account: an Allow of everything to the account, on no condition. */
function isAdministration(statement: unknown): boolean {
  return (
    typeof statement === 'object' &&
    statement !== null &&
    'Action' in statement &&
    statement.Action === 'kms:*' &&
    'Effect' in statement &&
    statement.Effect === 'Allow' &&
    !('Condition' in statement)
  );
}
