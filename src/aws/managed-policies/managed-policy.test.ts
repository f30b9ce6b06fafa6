import { describe, expect, it } from 'vitest';
import { findManagedPolicy, managedPolicyArns } from './managed-policy.ts';

describe('AWS managed policies', () => {
  // spec: SETUP-MANAGED-1
  it('the policy of a recorder role is carried, and lets it write nothing and use no key', () => {
    const policy = findManagedPolicy('arn:aws:iam::aws:policy/service-role/AWS_ConfigRole');
    const actions = [...JSON.stringify(policy?.document).matchAll(/"((?:s3|kms|sns):\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(actions.includes('s3:GetBucketAcl')).toBe(true);
    const forbidden = /^(?:s3:Put|kms:GenerateDataKey|kms:Decrypt|sns:Publish)/;
    expect(actions.filter((action) => forbidden.test(action ?? ''))).toEqual([]);
  });

  it('a policy has the same content in every partition', () => {
    expect(findManagedPolicy('arn:aws-cn:iam::aws:policy/AdministratorAccess')?.document).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
  });

  it("a customer's policy and one that is not carried are unknown", () => {
    expect(findManagedPolicy('arn:aws:iam::111122223333:policy/AdministratorAccess')).toBeNull();
    expect(findManagedPolicy('arn:aws:iam::aws:policy/NoSuchPolicy')).toBeNull();
    expect(findManagedPolicy('arn:aws:iam::aws:policy/__proto__')).toBeNull();
  });

  it('every carried policy has statements', () => {
    for (const arn of managedPolicyArns())
      expect(findManagedPolicy(arn)?.document, arn).toHaveProperty('Statement');
  });
});
