import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '@aws-sdk/client-iam';
import { findManagedPolicy, managedPoliciesUpdatedAt } from '../../../aws/managed-policies/managed-policy.ts';
import { matching, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid } from '../input-faults.ts';
import type { IamContext } from '../permission.ts';
import { policyPermission, resolvePolicy } from '../policy-operation.ts';
import { encodedDocument, policyVersionShape } from '../sdk-shapes.ts';

export const getPolicyVersion = operation({
  name: 'GetPolicyVersion',
  validate: (input: GetPolicyVersionRequest) =>
    assertValid(
      ...arnFaults('policyArn', input.PolicyArn),
      required('versionId', input.VersionId),
      matching('versionId', input.VersionId, /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/),
    ),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) =>
    policyPermission('GetPolicyVersion', input.PolicyArn, found, context),
  operate({ PolicyArn: arn = '', VersionId: versionId = '' }, found): Promise<GetPolicyVersionResponse> {
    if (found === null) return Promise.resolve({ PolicyVersion: awsVersion(arn, versionId) });
    const version = found.value.versions.find(({ id }) => id === versionId);
    if (version === undefined) throw iamErrors.policyVersionNotFound({ arn, versionId });
    const shape = policyVersionShape(found.value, version);
    return Promise.resolve({ PolicyVersion: { Document: encodedDocument(version.document), ...shape } });
  },
});

/** Of AWS's own policies the version in force is carried, no other. */
function awsVersion(arn: string, versionId: string) {
  const policy = findManagedPolicy(arn);
  if (policy === null) throw iamErrors.policyNotFound({ arn });
  if (policy.versionId !== versionId) throw iamErrors.policyVersionNotFound({ arn, versionId });
  return {
    Document: encodedDocument(JSON.stringify(policy.document)),
    VersionId: versionId,
    IsDefaultVersion: true,
    CreateDate: new Date(managedPoliciesUpdatedAt),
  };
}
