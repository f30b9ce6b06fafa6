/** Policies with something taken away, for tests that nothing in them is too much. */
import type { GeneratedPolicies } from '../../src/delivery/policies.ts';

/**
 * The policies with one statement, action or value less. Left alone are what AWS tolerates the lack of (s3:ListBucket)
 * and what keeps a key changeable. The only value of a condition gives way to one that nobody has: without any it would
 * be no condition.
 */
export function* lessenings(policies: GeneratedPolicies): Iterable<readonly [string, GeneratedPolicies]> {
  for (const kind of ['key', 'bucket', 'role', 'trust', 'topic'] as const) {
    const policy = policies[kind];
    if (policy === null) continue;
    for (const [i, statement] of policy.Statement.entries()) {
      if (statement.Sid === 'EnableIAMUserPermissions') continue;
      const others = policy.Statement.filter((_, j) => j !== i);
      yield [
        `${kind} without ${statement.Sid}`,
        { ...policies, [kind]: others.length === 0 ? null : { ...policy, Statement: others } },
      ];
      for (const [name, fewer] of shorterLists(statement)) {
        if (name === 's3:ListBucket') continue;
        const Statement = policy.Statement.map((other, j) => (j === i ? fewer : other));
        yield [`${kind} without ${name}`, { ...policies, [kind]: { ...policy, Statement } }];
      }
      for (const [name, other] of otherValues(statement)) {
        const Statement = policy.Statement.map((each, j) => (j === i ? other : each));
        yield [`${kind} with another ${name}`, { ...policies, [kind]: { ...policy, Statement } }];
      }
    }
  }
}

type Json = NonNullable<GeneratedPolicies['key']>['Statement'][number];

/** The statement with another value in place of the only one of each condition. */
function* otherValues(statement: Json): Iterable<readonly [string, Json]> {
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, value] of Object.entries(keys)) {
      if (typeof value !== 'string') continue;
      const condition = { ...statement.Condition, [operator]: { ...keys, [key]: 'nobody' } };
      yield [key, { ...statement, Condition: condition }];
    }
  }
}

/** The statement with one item less of each list in it. */
function* shorterLists(statement: Json): Iterable<readonly [string, Json]> {
  for (const [path, list] of listsIn(statement, [])) {
    for (const item of list) {
      const copy = structuredClone(statement) as unknown as Record<string, unknown>;
      let parent = copy;
      for (const step of path.slice(0, -1)) parent = parent[step] as Record<string, unknown>;
      parent[path.at(-1) ?? ''] = list.filter((other) => other !== item);
      yield [String(item), copy as unknown as Json];
    }
  }
}

function* listsIn(
  value: unknown,
  path: readonly string[],
): Iterable<readonly [readonly string[], readonly unknown[]]> {
  if (Array.isArray(value)) {
    if (value.length > 1) yield [path, value];
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) yield* listsIn(member, [...path, name]);
  }
}
