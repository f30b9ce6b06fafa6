import type { DeletePolicyVersionRequest } from '@aws-sdk/client-iam';
import { required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid } from '../input-faults.ts';
import type { IamContext } from '../permission.ts';
import { changePolicy, policyPermission, resolvePolicy } from '../policy-operation.ts';

export const deletePolicyVersion = operation({
  name: 'DeletePolicyVersion',
  validate: (input: DeletePolicyVersionRequest) =>
    assertValid(...arnFaults('policyArn', input.PolicyArn), required('versionId', input.VersionId)),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) =>
    policyPermission('DeletePolicyVersion', input.PolicyArn, found, context),
  async operate({ PolicyArn: arn = '', VersionId: versionId = '' }, _found, context) {
    await changePolicy(arn, context, (current) => {
      // spec: IAMAPI-DELETE-2
      if (current.defaultVersionId === versionId) throw iamErrors.defaultVersionInUse();
      const versions = current.versions.filter(({ id }) => id !== versionId);
      if (versions.length === current.versions.length)
        throw iamErrors.policyVersionNotFound({ arn, versionId });
      return { ...current, versions };
    });
    return {};
  },
});
