/**
 * What `sealpost policy` and `generatePolicies` write, for every combination of what can be asked: each recorder
 * delivers as the identity asked for, and with any one statement, action or value less some recorder does not.
 * Every 25th combination; all with SEALPOST_LONG=1.
 */
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/delivery/check.ts';
import { generatePolicies, type GeneratedPolicies, type PolicyWishes } from '../../src/delivery/policies.ts';
import type { Identity } from '../../src/delivery/plan.ts';
import { compileSetup } from '../../src/setup/compile-setup.ts';
import { setupFromValue } from '../../src/setup/loaded-setup.ts';
import { lessenings } from './policy-lessenings.ts';

const stride = process.env['SEALPOST_LONG'] === undefined ? 25 : 1;
const [first, second, archive] = ['111122223333', '444455556666', '999999999999'] as const;
const organizationId = 'o-exampleorgid';
const at = new Date('2026-03-07T09:15:00Z');

interface Combination extends PolicyWishes {
  readonly name: string;
}

const combinations = [...everyCombination()].filter((_, i) => i % stride === 0);

describe('generated policies, in every combination', () => {
  // spec: DLV-POLICY-1, DLV-POLICY-2
  it.each(combinations.map((wishes) => [wishes.name, wishes] as const))(
    '%s: deliver, and no part of them is too much',
    { timeout: 120_000 },
    (_, wishes) => {
      const policies = generatePolicies(wishes);
      expect(undelivered(wishes, policies)).toEqual([]);
      const superfluous = [...lessenings(policies)].filter(
        ([, lessened]) => undelivered(wishes, lessened, 1).length === 0,
      );
      expect(superfluous.map(([name]) => name)).toEqual([]);
    },
  );
});

function* everyCombination(): Iterable<Combination> {
  const both = [false, true];
  for (const identity of ['role', 'service-principal', 'both'] as const)
    for (const accounts of [[first], [first, second], []])
      for (const isInOrganization of both)
        for (const isArchived of both)
          for (const hasKey of both)
            for (const prefix of [null, 'audit'])
              for (const hasTopic of both)
                for (const regions of [['us-east-1'], []]) {
                  if (accounts.length === 0 && !isInOrganization) continue;
                  const owner = isArchived || accounts.length === 0 ? archive : first;
                  yield {
                    name: [
                      identity,
                      accounts.length === 0 ? 'any account' : `${accounts.length} accounts`,
                      isInOrganization ? 'organization' : 'no organization',
                      isArchived ? 'archive' : 'own bucket',
                      hasKey ? 'key' : 'no key',
                      prefix === null ? 'no prefix' : 'prefix',
                      hasTopic ? 'topic' : 'no topic',
                      regions.length === 0 ? 'any Region' : 'one Region',
                    ].join(', '),
                    for: identity,
                    accounts,
                    regions,
                    bucketName: 'config-logs',
                    bucketAccount: owner,
                    prefix,
                    keyArn: hasKey
                      ? `arn:aws:kms:us-east-1:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
                      : null,
                    topicArn: hasTopic ? `arn:aws:sns:us-east-1:${owner}:config` : null,
                    organizationId: isInOrganization ? organizationId : null,
                    role: 'service/config',
                    partition: 'aws',
                  };
                }
}

/** The recorders that do not deliver as they are to; no more than `max` are looked for. */
function undelivered(wishes: PolicyWishes, policies: GeneratedPolicies, max = Infinity): readonly string[] {
  const found: string[] = [];
  const owners = wishes.accounts.length === 0 ? [first, second] : wishes.accounts;
  const wanted: readonly Identity[] = wishes.for === 'both' ? ['role', 'service-principal'] : [wishes.for];
  // A topic is of its recorder's own Region.
  const regions =
    wishes.regions.length > 0 || wishes.topicArn !== null ? ['us-east-1'] : ['us-east-1', 'eu-west-1'];
  for (const account of owners) {
    for (const region of regions) {
      for (const identity of wanted) {
        if (found.length >= max) return found;
        const as = deliveredAs(wishes, { account, region }, identity, policies);
        if (as !== identity) found.push(`${account} ${region} as ${identity}: ${String(as)}`);
      }
    }
  }
  return found;
}

/** As whom all that the recorder is to deliver is delivered; `null`: some of it is not, or as somebody else. */
function deliveredAs(
  { bucketName, bucketAccount, keyArn, topicArn, prefix, ...wishes }: PolicyWishes,
  { account, region }: { readonly account: string; readonly region: string },
  identity: Identity,
  policies: GeneratedPolicies,
): Identity | null {
  const isServiceLinked = identity === 'service-principal';
  const roleARN = `arn:aws:iam::${account}:role/${isServiceLinked ? 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig' : 'service/config'}`;
  const read = setupFromValue({
    complete: true,
    organization:
      wishes.organizationId === null
        ? null
        : {
            id: organizationId,
            accounts: [first, second, archive].map((id) => ({ id, path: `${organizationId}/r-ab12/` })),
          },
    recorder: { account, region, roleARN },
    deliveryChannel: {
      s3BucketName: bucketName,
      s3KeyPrefix: prefix,
      s3KmsKeyArn: keyArn,
      snsTopicARN: topicArn,
    },
    roles: isServiceLinked
      ? []
      : [
          {
            arn: roleARN,
            ...(policies.trust === null ? {} : { trustPolicy: policies.trust }),
            policies: policies.role === null ? [] : [{ name: 'delivery', document: policies.role }],
          },
        ],
    buckets: [{ name: bucketName, account: bucketAccount, region: 'us-east-1', policy: policies.bucket }],
    keys:
      keyArn === null ? [] : [{ arn: keyArn, ...(policies.key === null ? {} : { policy: policies.key }) }],
    topics: topicArn === null ? [] : [{ arn: topicArn, policy: policies.topic }],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { verdict, phases } = judge(compileSetup(read.setup), { at });
  return verdict === 'delivers' && phases.every((phase) => phase.deliveredAs === identity) ? identity : null;
}
