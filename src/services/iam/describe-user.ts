/** Users as AWS Config describes them. spec: IAMAPI-INVENTORY-1, IAMAPI-INVENTORY-2 */
import type { Records } from '../records.ts';
import { groups, nameKey, type UserRecord } from './ports.ts';
import {
  attachedPolicyList,
  boundaryOf,
  described,
  inlinePolicyList,
  policyRelationships,
  tagList,
  type ResourceDescription,
} from './resource-description.ts';

export async function describeUser(records: Records, user: UserRecord): Promise<ResourceDescription> {
  const [memberOf, ofPolicies] = await Promise.all([
    records.find(groups, 'member', nameKey(user.account, user.name), { limit: Infinity }),
    policyRelationships(records, user),
  ]);
  const { permissionsBoundary: boundary } = user;
  return described(user, {
    resourceType: 'AWS::IAM::User',
    relationships: [
      ...memberOf.map(({ value: group }) => ({
        resourceType: 'AWS::IAM::Group' as const,
        resourceId: group.id,
        resourceName: group.name,
        name: 'Is attached to Group',
      })),
      ...ofPolicies,
    ],
    configuration: {
      path: user.path,
      userName: user.name,
      userId: user.id,
      arn: user.arn,
      createDate: new Date(user.createdAtMillis).toISOString(),
      // As seen: null, where a role has an empty list.
      userPolicyList: user.inlinePolicies.length === 0 ? null : inlinePolicyList(user.inlinePolicies),
      groupList: memberOf.map(({ value: group }) => group.name),
      attachedManagedPolicies: attachedPolicyList(user),
      ...(boundary === null ? {} : { permissionsBoundary: boundaryOf(boundary) }),
      tags: tagList(user.tags),
    },
    tags: user.tags,
  });
}
