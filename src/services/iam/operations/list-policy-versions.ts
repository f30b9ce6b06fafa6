import type { ListPolicyVersionsRequest, ListPolicyVersionsResponse } from '@aws-sdk/client-iam';
import { findManagedPolicy, managedPoliciesUpdatedAt } from '../../../aws/managed-policies/managed-policy.ts';
import { operation } from '../../operation.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid, pageFaults } from '../input-faults.ts';
import { pageOf } from '../paging.ts';
import type { IamContext } from '../permission.ts';
import { policyPermission, resolvePolicy } from '../policy-operation.ts';
import { policyVersionShape } from '../sdk-shapes.ts';

export const listPolicyVersions = operation({
  name: 'ListPolicyVersions',
  validate: (input: ListPolicyVersionsRequest) =>
    assertValid(...arnFaults('policyArn', input.PolicyArn), ...pageFaults(input)),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) =>
    policyPermission('ListPolicyVersions', input.PolicyArn, found, context),
  operate(input, found): Promise<ListPolicyVersionsResponse> {
    const { PolicyArn: arn = '' } = input;
    if (found === null) return Promise.resolve({ Versions: [awsVersion(arn)], IsTruncated: false });
    // Newest first. A version stands under its distance from the end of all numbers, so that pages keep that order.
    const versions = [...found.value.versions].reverse();
    const { items, ...page } = pageOf(versions, input, ({ id }) =>
      String(Number.MAX_SAFE_INTEGER - Number(id.slice(1))),
    );
    return Promise.resolve({
      Versions: items.map((version) => policyVersionShape(found.value, version)),
      ...page,
    });
  },
});

function awsVersion(arn: string) {
  const policy = findManagedPolicy(arn);
  if (policy === null) throw iamErrors.policyNotFound({ arn });
  return {
    VersionId: policy.versionId,
    IsDefaultVersion: true,
    CreateDate: new Date(managedPoliciesUpdatedAt),
  };
}
