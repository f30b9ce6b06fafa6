import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSetup } from '../setup/compile-setup.ts';
import { setupFromValue } from '../setup/loaded-setup.ts';
import { check } from './check.ts';
import { generatePolicies, type GeneratedPolicies, type PolicyWishes } from './policies.ts';
import type { Report } from './report.ts';

const recorder = '111122223333';
const archive = '999999999999';

interface Situation {
  readonly wishes: PolicyWishes;
  readonly isServiceLinked: boolean;
}

const situations: fc.Arbitrary<Situation> = fc
  .record({
    isArchived: fc.boolean(),
    isServiceLinked: fc.boolean(),
    others: fc.subarray(['444455556666', '777788889999']),
    regions: fc.constantFrom(['us-east-1'], ['eu-west-1', 'us-east-1'], []),
    prefix: fc.constantFrom(null, 'audit/logs'),
    hasTopic: fc.boolean(),
    organizationId: fc.constantFrom(null, 'o-exampleorgid'),
  })
  .map(({ isArchived, isServiceLinked, others, regions, prefix, hasTopic, organizationId }) => {
    const owner = isArchived ? archive : recorder;
    return {
      isServiceLinked,
      wishes: {
        for: isServiceLinked ? ('service-principal' as const) : ('role' as const),
        accounts: [recorder, ...others],
        regions,
        bucketName: 'config-logs',
        prefix,
        keyArn: `arn:aws:kms:us-east-1:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
        topicArn: hasTopic ? `arn:aws:sns:us-east-1:${owner}:config` : null,
        organizationId,
        role: 'service/config',
        partition: 'aws',
      },
    };
  });

function checked({ wishes, isServiceLinked }: Situation, policies: GeneratedPolicies): Report {
  const { bucketName, keyArn, topicArn, prefix, organizationId } = wishes;
  const owner = keyArn?.split(':')[4] ?? '';
  const slr = `arn:aws:iam::${recorder}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  const roleARN = isServiceLinked ? slr : `arn:aws:iam::${recorder}:role/service/config`;
  const loaded = setupFromValue({
    complete: true,
    organization:
      organizationId === null
        ? null
        : {
            id: organizationId,
            accounts: [recorder, archive].map((id) => ({ id, path: `${organizationId}/r-ab12/` })),
          },
    recorder: { account: recorder, region: 'us-east-1', roleARN },
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
    buckets: [{ name: bucketName, account: owner, region: 'us-east-1', policy: policies.bucket }],
    keys: [{ arn: keyArn, ...(policies.key === null ? {} : { policy: policies.key }) }],
    topics: topicArn === null ? [] : [{ arn: topicArn, policy: policies.topic }],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return check(compileSetup(loaded.setup), { at: new Date('2026-03-07T09:15:00Z') });
}

describe('generated policies', () => {
  // spec: DLV-POLICY-1
  it('deliver as the identity that they are for, and no rule about policies finds an error in them', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const report = checked(situation, generatePolicies(situation.wishes));
        expect(report.verdict).toBe('delivers');
        expect(report.deliveredAs).toBe(situation.isServiceLinked ? 'service-principal' : 'role');
        expect(
          report.findings.filter(({ severity }) => severity === 'error' || severity === 'security-warning'),
        ).toEqual([]);
      }),
    );
  });

  // spec: DLV-POLICY-2
  it('do not deliver any more when one statement or one action is taken away', () => {
    fc.assert(
      // What a role in one account needs in a key policy, one in the key's own account may not.
      fc.property(situations, (wider) => {
        const situation = { ...wider, wishes: { ...wider.wishes, accounts: [recorder] } };
        const policies = generatePolicies(situation.wishes);
        for (const [name, lessened] of lessenings(policies)) {
          expect(`${name}: ${checked(situation, lessened).verdict}`).not.toBe(`${name}: delivers`);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** The policies with one statement or action less. What AWS tolerates the lack of is left alone. */
function* lessenings(policies: GeneratedPolicies): Iterable<readonly [string, GeneratedPolicies]> {
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
      const actions = typeof statement.Action === 'string' ? [statement.Action] : statement.Action;
      for (const action of actions) {
        if (action === 's3:ListBucket' || actions.length === 1) continue;
        const fewer = { ...statement, Action: actions.filter((other) => other !== action) };
        const Statement = policy.Statement.map((other, j) => (j === i ? fewer : other));
        yield [`${kind} without ${action}`, { ...policies, [kind]: { ...policy, Statement } }];
      }
    }
  }
}
