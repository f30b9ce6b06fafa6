/**
 * Writes a setup straight to the stores: ARNs as given, policies as given, the channel without its checks. So a
 * setup that AWS would refuse to store can be tried, too.
 * spec: SRV-SETUP-1
 */
import { isConfigServiceLinkedRole } from '../delivery/plan.ts';
import type { World } from '../services/operation.ts';
import { put, type Change } from '../services/records.ts';
import { layOutRecorder } from '../services/config/setup-form.ts';
import { layOutIdentities, layOutRole } from '../services/iam/setup-form.ts';
import type { KmsPorts } from '../services/kms/ports.ts';
import { layOutKey } from '../services/kms/setup-form.ts';
import { layOutTopic } from '../services/sns/setup-form.ts';
import { partitionOf } from '../setup/entries.ts';
import type { Setup } from '../setup/schema.ts';
import { layOutBucket } from './bucket-form.ts';
import { organizationKey, organizations } from './organization.ts';

const defaultRegion = 'us-east-1';
const defaultAccount = '000000000000';

/** One commit's changes. @throws {RangeError} an ARN is not of the kind that its place asks for */
export function layOutSetup(setup: Setup, context: World & { readonly ports: KmsPorts }): readonly Change[] {
  const partition = partitionOf(setup);
  const { recorder, deliveryChannel } = setup;
  const bucketDefaults = {
    account: recorder?.account ?? defaultAccount,
    region: recorder?.region ?? defaultRegion,
    partition,
    nowMillis: context.nowMillis(),
  };
  return [
    ...(setup.organization == null ? [] : [put(organizations, organizationKey, setup.organization)]),
    ...layOutIdentities(
      { roles: withoutUndefined(setup.roles ?? []), users: withoutUndefined(setup.users ?? []) },
      context,
    ),
    ...serviceLinkedRole(setup, context),
    ...(setup.keys ?? []).flatMap((key) => layOutKey(withKnownGrants(key), context)),
    ...(setup.buckets ?? []).map((bucket) => layOutBucket(bucket, bucketDefaults)),
    ...(setup.topics ?? []).map((topic) => layOutTopic(withoutUndefined(topic))),
    ...(recorder == null
      ? []
      : layOutRecorder(
          withoutUndefined(recorder),
          deliveryChannel == null ? null : withoutUndefined(deliveryChannel),
          { ...context, partition },
        )),
  ];
}

/** AWS's own role needs no entry in a setup: its trust and its policies are known. */
function serviceLinkedRole({ recorder, roles }: Setup, world: World): readonly Change[] {
  const arn = recorder?.roleARN ?? '';
  if (!isConfigServiceLinkedRole(arn) || roles?.some((role) => role.arn === arn)) return [];
  const trustPolicy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const managed = 'arn:aws:iam::aws:policy/aws-service-role/AWSConfigServiceRolePolicy';
  return layOutRole({ arn, trustPolicy, policies: [], managedPolicies: [{ arn: managed }] }, world);
}

/** A grant whose grantee nobody knows lets nobody do anything here: the server refuses what is not known. */
function withKnownGrants(key: NonNullable<Setup['keys']>[number]) {
  const { grants = [], ...rest } = withoutUndefined(key);
  const known = grants.flatMap(({ granteePrincipal, ...grant }) =>
    granteePrincipal === undefined ? [] : [{ ...grant, granteePrincipal }],
  );
  return { ...rest, grants: known };
}

type Defined<T> = T extends readonly (infer Item)[]
  ? readonly Defined<Item>[]
  : T extends object
    ? { [K in keyof T]: Defined<Exclude<T[K], undefined>> }
    : T;

/** The schema's optional members may be undefined; the stores' may only be missing. */
function withoutUndefined<T>(value: T): Defined<T> {
  // JSON has no undefined: what comes back has only members that are there.
  return JSON.parse(JSON.stringify(value)) as Defined<T>;
}
