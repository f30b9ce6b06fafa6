/**
 * Where policies stand in a setup document: one table that reading, compiling and naming share.
 * spec: SETUP-POLICY-1
 */
import type { PolicyType } from '../policy/compile.ts';

export type SetupPath = readonly (string | number)[];

/** One place where a policy stands (or could: the value may be `null` or a path). */
export interface PolicySlot {
  readonly type: PolicyType;
  readonly path: SetupPath;
  /** The place as a person writes it: `keys[0].policy`. */
  readonly source: string;
  /** The owner in a person's words: `the key policy`. */
  readonly label: string;
  readonly value: unknown;
}

/** Every slot of `setup` that holds something, in the order of the table. `setup` need not be checked yet. */
export function* policySlots(setup: unknown): Iterable<PolicySlot> {
  for (const { pattern, type, label } of slotTable) {
    for (const { path, value } of matches(setup, pattern.split('/'), [])) {
      if (value === undefined) continue;
      yield { type, path, source: sourceOf(path), label: label(setup, path), value };
    }
  }
}

/** `['keys', 0, 'policy']` as `keys[0].policy`. */
export function sourceOf(path: SetupPath): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}

/** `['keys', 0, 'policy']` as the JSON pointer `/keys/0/policy` (RFC 6901). */
export function pointerOf(path: SetupPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at `path` in `value`, `undefined` where there is none. Own members only. */
export function valueAt(value: unknown, path: SetupPath): unknown {
  let at = value;
  for (const part of path) at = childOf(at, part);
  return at;
}

interface SlotRow {
  /** `*` stands for each element of an array. */
  readonly pattern: string;
  readonly type: PolicyType;
  readonly label: (setup: unknown, path: SetupPath) => string;
}

const slotTable: readonly SlotRow[] = [
  { pattern: 'roles/*/trustPolicy', type: 'trust', label: () => "the role's trust policy" },
  ...identitySlots('roles', 'role'),
  ...identitySlots('users', 'user'),
  { pattern: 'buckets/*/policy', type: 'bucket', label: () => 'the bucket policy' },
  { pattern: 'keys/*/policy', type: 'key', label: () => 'the key policy' },
  { pattern: 'topics/*/policy', type: 'topic', label: () => 'the topic policy' },
  {
    pattern: 'resources/*/policy',
    type: 'resource',
    label: (setup, path) => `the policy of ${text(setup, [...path.slice(0, -1), 'arn']) ?? 'the resource'}`,
  },
  {
    pattern: 'organization/accounts/*/serviceControlPolicies/*/*',
    type: 'scp',
    label: (setup, path) => `a service control policy of the account ${accountOf(setup, path)}`,
  },
  {
    pattern: 'organization/accounts/*/resourceControlPolicies/*/*',
    type: 'rcp',
    label: (setup, path) => `a resource control policy of the account ${accountOf(setup, path)}`,
  },
];

function identitySlots(member: string, owner: string): readonly SlotRow[] {
  return [
    {
      pattern: `${member}/*/policies/*/document`,
      type: 'identity',
      label: (setup, path) => {
        const name = text(setup, [...path.slice(0, -1), 'name']);
        return name === null ? `an inline policy of the ${owner}` : `the ${owner}'s inline policy "${name}"`;
      },
    },
    {
      pattern: `${member}/*/managedPolicies/*/document`,
      type: 'identity',
      label: (setup, path) =>
        `the ${owner}'s managed policy ${text(setup, [...path.slice(0, -1), 'arn']) ?? ''}`.trimEnd(),
    },
    {
      pattern: `${member}/*/permissionsBoundary`,
      type: 'boundary',
      label: () => `the ${owner}'s permissions boundary`,
    },
  ];
}

function accountOf(setup: unknown, path: SetupPath): string {
  return text(setup, [...path.slice(0, 3), 'id']) ?? '';
}

function text(setup: unknown, path: SetupPath): string | null {
  const value = valueAt(setup, path);
  return typeof value === 'string' ? value : null;
}

function* matches(
  value: unknown,
  pattern: readonly string[],
  path: SetupPath,
): Iterable<{ path: SetupPath; value: unknown }> {
  const [first, ...rest] = pattern;
  if (first === undefined) {
    yield { path, value };
  } else if (first !== '*') {
    yield* matches(childOf(value, first), rest, [...path, first]);
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* matches(item as unknown, rest, [...path, i]);
  }
}

function childOf(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[part];
}
