/**
 * Generated policies against the checker: every recorder that they are for delivers, no recorder beside them does, and
 * with one statement, action or value less some recorder of them does not.
 * Long run: SEALPOST_TEST_RUNS=1000.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/delivery/check.ts';
import { generatePolicies, type GeneratedPolicies, type PolicyWishes } from '../../src/delivery/policies.ts';
import type { Report } from '../../src/delivery/report.ts';
import { compileSetup } from '../../src/setup/compile-setup.ts';
import { setupFromValue } from '../../src/setup/loaded-setup.ts';
import { lessenings } from './policy-lessenings.ts';

const runs = Number(process.env['SEALPOST_TEST_RUNS'] ?? '10');
/** A loaded machine takes a second for each run. */
const timeout = 30_000 + runs * 5_000;
const accounts = ['111122223333', '444455556666', '777788889999'];
const archive = '999999999999';
const organizationId = 'o-exampleorgid';
const regions = ['us-east-1', 'eu-west-1'];

type Identity = 'role' | 'service-principal';

interface Recorder {
  readonly account: string;
  readonly region: string;
}

const wishes: fc.Arbitrary<PolicyWishes & { readonly for: Identity }> = fc
  .record({
    for: fc.constantFrom<Identity>('role', 'service-principal'),
    accounts: fc.oneof(fc.constant([]), fc.subarray(accounts, { minLength: 1 })),
    regions: fc.oneof(fc.constant([]), fc.subarray(regions, { minLength: 1 })),
    isInOrganization: fc.boolean(),
    isArchived: fc.boolean(),
    prefix: fc.constantFrom(null, 'audit', 'a/b'),
    hasTopic: fc.boolean(),
    areAclsEnabled: fc.boolean(),
  })
  .map(({ isInOrganization, isArchived, hasTopic, ...wish }) => {
    const owner = isArchived ? archive : (wish.accounts[0] ?? archive);
    return {
      ...wish,
      bucketName: 'config-logs',
      bucketAccount: owner,
      keyArn: `arn:aws:kms:us-east-1:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      // A topic is of the recorder's own Region.
      topicArn:
        hasTopic && wish.regions.join() === 'us-east-1' ? `arn:aws:sns:us-east-1:${owner}:config` : null,
      organizationId: isInOrganization || wish.accounts.length === 0 ? organizationId : null,
      role: 'service/config',
      partition: 'aws',
    };
  });

describe('generated policies, of any number of accounts and Regions', () => {
  // spec: DLV-POLICY-1
  it('let every recorder deliver that they are for', { timeout }, () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const policies = generatePolicies(wish);
        for (const recorder of recordersOf(wish)) {
          const report = checked(wish, recorder, policies);
          expect({ ...recorder, verdict: report.verdict, as: report.deliveredAs }).toEqual({
            ...recorder,
            verdict: 'delivers',
            as: wish.for,
          });
          expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        }
      }),
      { numRuns: runs },
    );
  });

  // spec: DLV-POLICY-2
  it('let no recorder deliver as the service principal beside those', { timeout }, () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const policies = generatePolicies({ ...wish, for: 'service-principal' });
        const ours = new Set(recordersOf(wish).map(nameOf));
        for (const account of [...accounts, '222233334444']) {
          for (const region of [...regions, 'ap-south-1']) {
            const recorder = { account, region };
            if (wish.accounts.length === 0 || ours.has(nameOf(recorder))) continue;
            if (wish.regions.length === 0 && wish.accounts.includes(account)) continue;
            const report = checked({ ...wish, for: 'service-principal' }, recorder, policies);
            expect({ ...recorder, verdict: report.verdict }).toEqual({ ...recorder, verdict: 'fails' });
          }
        }
      }),
      { numRuns: runs },
    );
  });

  // spec: DLV-POLICY-2
  it('leave out some recorder with one statement, action or value less', { timeout }, () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const policies = generatePolicies(wish);
        for (const [name, lessened] of lessenings(policies)) {
          const verdicts = recordersOf(wish).map((recorder) => checked(wish, recorder, lessened).verdict);
          expect({ name, all: verdicts.every((verdict) => verdict === 'delivers') }).toEqual({
            name,
            all: false,
          });
        }
      }),
      { numRuns: runs },
    );
  });
});

function nameOf({ account, region }: Recorder): string {
  return `${account} ${region}`;
}

function recordersOf(wish: PolicyWishes): readonly Recorder[] {
  const owners = wish.accounts.length === 0 ? accounts : wish.accounts;
  const places = wish.regions.length === 0 ? regions : wish.regions;
  return owners.flatMap((account) => places.map((region) => ({ account, region })));
}

function checked(
  wish: PolicyWishes & { readonly for: Identity },
  { account, region }: Recorder,
  policies: GeneratedPolicies,
): Report {
  const { bucketName, bucketAccount, keyArn, topicArn, prefix, areAclsEnabled } = wish;
  const isServiceLinked = wish.for === 'service-principal';
  const roleARN = isServiceLinked
    ? `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
    : `arn:aws:iam::${account}:role/service/config`;
  const loaded = setupFromValue({
    complete: true,
    organization:
      wish.organizationId === null
        ? null
        : {
            id: wish.organizationId,
            accounts: [...new Set([...accounts, archive, account])].map((id) => ({
              id,
              path: `${organizationId}/r-ab12/`,
            })),
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
    buckets: [
      {
        name: bucketName,
        account: bucketAccount,
        region: 'us-east-1',
        policy: policies.bucket,
        objectOwnership: areAclsEnabled === true ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced',
      },
    ],
    keys: [{ arn: keyArn, ...(policies.key === null ? {} : { policy: policies.key }) }],
    topics: topicArn === null ? [] : [{ arn: topicArn, policy: policies.topic }],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return check(compileSetup(loaded.setup), { at: new Date('2026-03-07T09:15:00Z') });
}
