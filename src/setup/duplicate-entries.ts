/**
 * Two entries for one thing: which of them counts would be a guess.
 * spec: SETUP-READ-1
 */
import type { Fault } from '../policy/document/fault.ts';
import { sourceOf, type SetupPath } from './policy-slots.ts';
import { faultAt, type LocatedValue } from './schema-faults.ts';
import type { Setup } from './schema.ts';

/** A fault for every entry whose name an earlier one of its kind has already. */
export function duplicateEntries(setup: Setup, document: LocatedValue): readonly Fault[] {
  return kinds.flatMap((kind) => {
    const first = new Map<string, SetupPath>();
    return kind(setup).flatMap(([name, path]) => {
      const earlier = first.get(name);
      if (earlier !== undefined) return [duplicate(name, path, earlier, document)];
      first.set(name, path);
      return [];
    });
  });
}

type Named = readonly (readonly [name: string, path: SetupPath])[];

const kinds: readonly ((setup: Setup) => Named)[] = [
  ({ organization }) =>
    (organization?.accounts ?? []).map(({ id }, i) => [id, ['organization', 'accounts', i, 'id']]),
  ({ roles }) => byArn('roles', roles),
  ({ users }) => byArn('users', users),
  ({ buckets }) => (buckets ?? []).map(({ name }, i) => [name, ['buckets', i, 'name']]),
  ({ keys }) => byArn('keys', keys),
  // An alias is one account's in one Region: the beginning of the key's ARN tells both.
  ({ keys }) =>
    (keys ?? []).flatMap(({ arn, aliases }, i) =>
      (aliases ?? []).map((alias, j): Named[number] => [
        arn.slice(0, arn.lastIndexOf(':') + 1) + alias,
        ['keys', i, 'aliases', j],
      ]),
    ),
  ({ topics }) => byArn('topics', topics),
  ({ resources }) => byArn('resources', resources),
];

function byArn(member: string, entries: readonly { readonly arn: string }[] | undefined): Named {
  return (entries ?? []).map(({ arn }, i) => [arn, [member, i, 'arn']]);
}

function duplicate(name: string, path: SetupPath, earlier: SetupPath, document: LocatedValue): Fault {
  return faultAt(document, path, {
    code: 'duplicate-entry',
    message: `\`${name}\` has an entry already, at \`${sourceOf(earlier)}\``,
    next: 'make one entry of the two',
  });
}
