import type { CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse } from '@aws-sdk/client-iam';
import { present } from '../../../policy/context.ts';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { iamErrors } from '../errors.ts';
import { newUniqueId } from '../identifiers.ts';
import { assertValid, descriptionFaults } from '../input-faults.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { nameKey, roles, type RoleRecord } from '../ports.ts';
import { roleShape } from '../sdk-shapes.ts';
import { serviceLinkedRoles } from '../service-linked.ts';

export const createServiceLinkedRole = operation({
  name: 'CreateServiceLinkedRole',
  validate: (input: CreateServiceLinkedRoleRequest) =>
    assertValid(
      required('aWSServiceName', input.AWSServiceName),
      lengthBetween('aWSServiceName', input.AWSServiceName, 1, 128),
      ...descriptionFaults(input.Description),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('CreateServiceLinkedRole', roleArnFor(context, input.AWSServiceName), context, [
      ['iam:AWSServiceName', present(input.AWSServiceName ?? '')],
    ]),
  ],
  async operate(input, _none, context): Promise<CreateServiceLinkedRoleResponse> {
    const { AWSServiceName: service = '', CustomSuffix: suffix } = input;
    const kind = Object.hasOwn(serviceLinkedRoles, service) ? serviceLinkedRoles[service] : undefined;
    if (kind === undefined) throw iamErrors.serviceNotKnown({ service });
    if (suffix !== undefined) throw iamErrors.suffixNotAllowed({ service });
    const { account } = context.caller;
    const trustPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    });
    const record: RoleRecord = {
      account,
      partition: context.partition,
      path: `/aws-service-role/${service}/`,
      name: kind.name,
      id: newUniqueId(context, 'AROA'),
      arn: roleArnFor(context, service),
      createdAtMillis: context.nowMillis(),
      trustPolicy,
      description: input.Description ?? kind.description,
      maxSessionSeconds: 3600,
      inlinePolicies: [],
      attachedPolicies: [kind.policyArn],
      permissionsBoundary: null,
      tags: [],
    };
    const creation = put(roles, nameKey(account, kind.name), record, { ifRevision: 0 });
    if ((await context.ports.records.commit([creation])) === 'conflict') {
      throw iamErrors.roleNameTaken({ name: kind.name });
    }
    return { Role: roleShape(record) };
  },
});

function roleArnFor(context: IamContext, service = ''): string {
  const name =
    (Object.hasOwn(serviceLinkedRoles, service) ? serviceLinkedRoles[service]?.name : undefined) ?? '*';
  return entityArn(context, 'role', name, null, `/aws-service-role/${service}/`);
}
