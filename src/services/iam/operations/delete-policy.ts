import type { DeletePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { attempt } from '../change-entity.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid } from '../input-faults.ts';
import type { IamContext } from '../permission.ts';
import { policyPermission, resolvePolicy } from '../policy-operation.ts';
import { useOf } from '../policy-use.ts';
import { policies } from '../ports.ts';

export const deletePolicy = operation({
  name: 'DeletePolicy',
  validate: (input: DeletePolicyRequest) => assertValid(...arnFaults('policyArn', input.PolicyArn)),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) => policyPermission('DeletePolicy', input.PolicyArn, found, context),
  async operate({ PolicyArn: arn = '' }, _found, context) {
    await attempt(async () => {
      const found = await resolvePolicy(arn, context);
      if (found === null) throw iamErrors.policyNotFound({ arn });
      const use = await useOf(context.ports.records, context.caller.account, arn);
      // spec: IAMAPI-DELETE-2
      if (use.attachments + use.boundaries > 0) throw iamErrors.policyInUse();
      if (found.value.versions.length > 1) throw iamErrors.mustDeleteVersions();
      // Whoever attaches it in between has stored it again, so that this is a conflict.
      const removal = remove(policies, found.key, { ifRevision: found.revision });
      return (await context.ports.records.commit([removal])) === 'committed' ? true : null;
    });
    return {};
  },
});
