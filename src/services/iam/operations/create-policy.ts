import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { iamErrors } from '../errors.ts';
import { iamArn } from '../iam-arn.ts';
import { newUniqueId } from '../identifiers.ts';
import {
  assertValid,
  descriptionFaults,
  documentFaults,
  pathFaults,
  policyNameFaults,
  readTags,
  tagFaults,
} from '../input-faults.ts';
import { entityArn, iamPermission, requestTagKeys, type IamContext } from '../permission.ts';
import { assertPolicyDocument } from '../policy-operation.ts';
import { nameKey, policies, type PolicyRecord } from '../ports.ts';
import { policyShape } from '../sdk-shapes.ts';

export const createPolicy = operation({
  name: 'CreatePolicy',
  validate: (input: CreatePolicyRequest) =>
    assertValid(
      ...policyNameFaults(input.PolicyName),
      ...pathFaults(input.Path),
      ...documentFaults('policyDocument', input.PolicyDocument),
      ...descriptionFaults(input.Description),
      ...tagFaults(input.Tags),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission(
      'CreatePolicy',
      entityArn(context, 'policy', input.PolicyName, null, input.Path),
      context,
      requestTagKeys(input.Tags),
    ),
  ],
  async operate(input, _none, context): Promise<CreatePolicyResponse> {
    const { PolicyName: name = '', Path: path = '/', PolicyDocument: document = '' } = input;
    const { partition } = context;
    const { account } = context.caller;
    assertPolicyDocument(document);
    const createdAtMillis = context.nowMillis();
    const record: PolicyRecord = {
      account,
      partition,
      path,
      name,
      id: newUniqueId(context, 'ANPA'),
      arn: iamArn({ partition, account, kind: 'policy', path, name }),
      description: input.Description ?? null,
      createdAtMillis,
      updatedAtMillis: createdAtMillis,
      versions: [{ id: 'v1', document, createdAtMillis }],
      defaultVersionId: 'v1',
      nextVersion: 2,
      tags: readTags(input.Tags),
    };
    const creation = put(policies, nameKey(account, name), record, { ifRevision: 0 });
    if ((await context.ports.records.commit([creation])) === 'conflict')
      throw iamErrors.policyExists({ name });
    return { Policy: policyShape(record, { attachments: 0, boundaries: 0 }) };
  },
});
