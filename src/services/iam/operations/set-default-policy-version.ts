import type { SetDefaultPolicyVersionRequest } from '@aws-sdk/client-iam';
import { required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid } from '../input-faults.ts';
import type { IamContext } from '../permission.ts';
import { changePolicy, policyPermission, resolvePolicy } from '../policy-operation.ts';

export const setDefaultPolicyVersion = operation({
  name: 'SetDefaultPolicyVersion',
  validate: (input: SetDefaultPolicyVersionRequest) =>
    assertValid(...arnFaults('policyArn', input.PolicyArn), required('versionId', input.VersionId)),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) =>
    policyPermission('SetDefaultPolicyVersion', input.PolicyArn, found, context),
  async operate({ PolicyArn: arn = '', VersionId: versionId = '' }, _found, context) {
    await changePolicy(arn, context, (current) => {
      if (!current.versions.some(({ id }) => id === versionId)) {
        throw iamErrors.policyVersionNotFound({ arn, versionId });
      }
      return { ...current, defaultVersionId: versionId, updatedAtMillis: context.nowMillis() };
    });
    return {};
  },
});
