/**
 * Finds what a setup holds by its AWS name, and says why where it holds nothing.
 * spec: SETUP-UNKNOWN-1
 */
import { parseArn } from '../aws/arn.ts';
import type { SetupPath } from './policy-slots.ts';
import type {
  BucketEntry,
  KeyEntry,
  ResourceEntry,
  RoleEntry,
  Setup,
  TopicEntry,
  UserEntry,
} from './schema.ts';

/** An entry with its place (`keys[0]`); or that nothing is known of the thing; or that a complete setup lacks it. */
export type Found<Entry> =
  | { readonly state: 'found'; readonly entry: Entry; readonly source: string; readonly path: SetupPath }
  | { readonly state: 'not-given' }
  | { readonly state: 'does-not-exist' };

export interface SetupEntries {
  findRole(arn: string): Found<RoleEntry>;
  findUser(arn: string): Found<UserEntry>;
  findBucket(name: string): Found<BucketEntry>;
  /** By key ARN, alias ARN, key ID or alias name; the last two resolve in the account and Region given. */
  findKey(keyId: string, account: string, region: string): Found<KeyEntry>;
  findTopic(arn: string): Found<TopicEntry>;
  findResource(arn: string): Found<ResourceEntry>;
}

export function setupEntries(setup: Setup): SetupEntries {
  const missing: Found<never> = { state: setup.complete === true ? 'does-not-exist' : 'not-given' };
  const finder = <Entry>(
    member: string,
    entries: readonly Entry[] | undefined,
    nameOf: (entry: Entry) => string,
  ) => {
    const byName = new Map(
      (entries ?? []).map((entry, i) => [
        nameOf(entry),
        { entry, source: `${member}[${i}]`, path: [member, i] },
      ]),
    );
    return (name: string): Found<Entry> => {
      const found = byName.get(name);
      return found === undefined ? missing : { state: 'found', ...found };
    };
  };
  const arnOf = ({ arn }: { readonly arn: string }) => arn;
  const findKeyByArn = finder('keys', setup.keys, arnOf);
  const aliases = new Map(
    (setup.keys ?? []).flatMap((key) =>
      (key.aliases ?? []).map((name) => [aliasArn(key.arn, name), key.arn]),
    ),
  );
  const findKey = (keyId: string, account: string, region: string): Found<KeyEntry> => {
    if (!keyId.startsWith('arn:')) {
      const partition = partitionOf(setup);
      const resource = keyId.startsWith('alias/') ? keyId : `key/${keyId}`;
      return findKey(`arn:${partition}:kms:${region}:${account}:${resource}`, account, region);
    }
    return findKeyByArn(aliases.get(keyId) ?? keyId);
  };
  return {
    findRole: finder('roles', setup.roles, arnOf),
    findUser: finder('users', setup.users, arnOf),
    findBucket: finder('buckets', setup.buckets, ({ name }) => name),
    findKey,
    findTopic: finder('topics', setup.topics, arnOf),
    findResource: finder('resources', setup.resources, arnOf),
  };
}

/** The partition that the setup's ARNs are of; `aws` where it has none. */
export function partitionOf(setup: Setup): string {
  const arn =
    setup.recorder?.roleARN ?? setup.keys?.[0]?.arn ?? setup.roles?.[0]?.arn ?? setup.topics?.[0]?.arn;
  return (arn === undefined ? null : parseArn(arn))?.partition ?? 'aws';
}

function aliasArn(keyArn: string, alias: string): string {
  return keyArn.slice(0, keyArn.lastIndexOf(':') + 1) + alias;
}
