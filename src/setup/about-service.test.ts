import { describe, expect, it } from 'vitest';
import { findManagedPolicy, managedPolicyArns } from '../aws/managed-policies/managed-policy.ts';
import { compilePolicy } from '../policy/compile.ts';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import { aboutService } from './about-service.ts';

const actions = [
  's3:PutObject',
  's3:GetBucketAcl',
  'kms:Decrypt',
  'kms:DescribeKey',
  'sns:Publish',
  'sts:AssumeRole',
  'iam:PassRole',
  'ec2:RunInstances',
];

describe('a policy of AWS for one service', () => {
  // spec: SETUP-MANAGED-1
  it.each(managedPolicyArns())(
    '%s decides the same with and without the actions of other services',
    (arn) => {
      const document = findManagedPolicy(arn)?.document ?? {};
      for (const action of actions) {
        const part = aboutService(document, action.split(':')[0]!);
        expect(pointers(part, action), action).toEqual(pointers(document, action));
      }
    },
  );

  it('keeps a wildcard in the service of an action', () => {
    const document = { Statement: [{ Effect: 'Allow', Action: ['ec2:*', 's*:Get*', '*'], Resource: '*' }] };
    expect(aboutService(document, 's3')).toEqual({
      Statement: [{ Effect: 'Allow', Action: ['s*:Get*', '*'], Resource: '*' }],
    });
  });
});

function pointers(document: Readonly<Record<string, unknown>>, action: string): unknown {
  const parsed = parsePolicy(document, { type: 'identity' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const source = { source: 'x', label: 'x', file: null, locate: () => null };
  const { allow, deny } = compilePolicy(parsed.policy, { type: 'identity', source }).candidates(action);
  return [allow, deny].map(({ all }) =>
    all.map(({ statement, action: match }) => [statement.pointer, match]),
  );
}
