import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid, documentFaults } from '../input-faults.ts';
import { policyVersionsMax } from '../limits.ts';
import type { IamContext } from '../permission.ts';
import { assertPolicyDocument, changePolicy, policyPermission, resolvePolicy } from '../policy-operation.ts';
import { policyVersionShape } from '../sdk-shapes.ts';

export const createPolicyVersion = operation({
  name: 'CreatePolicyVersion',
  validate: (input: CreatePolicyVersionRequest) =>
    assertValid(
      ...arnFaults('policyArn', input.PolicyArn),
      ...documentFaults('policyDocument', input.PolicyDocument),
    ),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) =>
    policyPermission('CreatePolicyVersion', input.PolicyArn, found, context),
  async operate(input, found, context): Promise<CreatePolicyVersionResponse> {
    const { PolicyArn: arn = '', PolicyDocument: document = '' } = input;
    if (found === null) throw iamErrors.policyNotFound({ arn });
    assertPolicyDocument(document);
    const createdAtMillis = context.nowMillis();
    const next = await changePolicy(arn, context, (current) => {
      // spec: IAMAPI-QUOTA-1
      if (current.versions.length >= policyVersionsMax) throw iamErrors.tooManyVersions();
      const id = `v${String(current.nextVersion)}`;
      return {
        ...current,
        versions: [...current.versions, { id, document, createdAtMillis }],
        nextVersion: current.nextVersion + 1,
        defaultVersionId: input.SetAsDefault === true ? id : current.defaultVersionId,
        updatedAtMillis: createdAtMillis,
      };
    });
    const version = next.versions.at(-1);
    return version === undefined ? {} : { PolicyVersion: policyVersionShape(next, version) };
  },
});
