import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { awsPolicyShape } from '../aws-policy-shape.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid } from '../input-faults.ts';
import type { IamContext } from '../permission.ts';
import { policyPermission, resolvePolicy } from '../policy-operation.ts';
import { useOf } from '../policy-use.ts';
import { policyShape } from '../sdk-shapes.ts';

export const getPolicy = operation({
  name: 'GetPolicy',
  validate: (input: GetPolicyRequest) => assertValid(...arnFaults('policyArn', input.PolicyArn)),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) => policyPermission('GetPolicy', input.PolicyArn, found, context),
  async operate({ PolicyArn: arn = '' }, found, { ports, caller }): Promise<GetPolicyResponse> {
    const use = await useOf(ports.records, caller.account, arn);
    const shape = found === null ? awsPolicyShape(arn, use) : policyShape(found.value, use);
    if (shape === null) throw iamErrors.policyNotFound({ arn });
    return { Policy: shape };
  },
});
