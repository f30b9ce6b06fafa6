import type { DescribePolicyRequest, DescribePolicyResponse } from '@aws-sdk/client-organizations';
import { policyArn } from '../arns.ts';
import { managementOperation } from '../management-operation.ts';
import { findPolicy, policyShape } from '../policies.ts';
import type { PolicyRecord } from '../ports.ts';

/** spec: ORG-POLICY-1 */
export const describePolicy = managementOperation<
  DescribePolicyRequest,
  DescribePolicyResponse,
  PolicyRecord
>({
  name: 'DescribePolicy',
  find: ({ PolicyId }, _, context) => findPolicy(PolicyId, context),
  resources: (policy, tree) => [policyArn(policy, tree)],
  policyType: ({ type }) => type,
  operate: (_, { found, tree }) => Promise.resolve({ Policy: policyShape(found, tree) }),
});
