/** Roles as AWS Config describes them. spec: IAMAPI-INVENTORY-1 */
import type { Records } from '../records.ts';
import type { RoleRecord } from './ports.ts';
import {
  attachedPolicyList,
  boundaryOf,
  described,
  inlinePolicyList,
  policyRelationships,
  tagList,
  type ResourceDescription,
} from './resource-description.ts';
import { encodedDocument } from './sdk-shapes.ts';

export async function describeRole(records: Records, role: RoleRecord): Promise<ResourceDescription> {
  return described(role, {
    resourceType: 'AWS::IAM::Role',
    relationships: await policyRelationships(records, role),
    configuration: {
      path: role.path,
      roleName: role.name,
      roleId: role.id,
      arn: role.arn,
      createDate: new Date(role.createdAtMillis).toISOString(),
      assumeRolePolicyDocument: encodedDocument(role.trustPolicy),
      instanceProfileList: [],
      rolePolicyList: inlinePolicyList(role.inlinePolicies),
      attachedManagedPolicies: attachedPolicyList(role),
      permissionsBoundary: boundaryOf(role.permissionsBoundary),
      tags: tagList(role.tags),
      roleLastUsed: null,
    },
    tags: role.tags,
  });
}
