/** Groups as AWS Config describes them. spec: IAMAPI-INVENTORY-1, IAMAPI-INVENTORY-2 */
import type { Records } from '../records.ts';
import { nameKey, users, type GroupRecord } from './ports.ts';
import {
  attachedPolicyList,
  described,
  inlinePolicyList,
  policyRelationships,
  type ResourceDescription,
} from './resource-description.ts';

export async function describeGroup(records: Records, group: GroupRecord): Promise<ResourceDescription> {
  const [members, ofPolicies] = await Promise.all([
    Promise.all(group.members.map((name) => records.get(users, nameKey(group.account, name)))),
    policyRelationships(records, group),
  ]);
  return described(group, {
    resourceType: 'AWS::IAM::Group',
    relationships: [
      ...members
        .filter((user) => user !== null)
        .map(({ value: user }) => ({
          resourceType: 'AWS::IAM::User' as const,
          resourceId: user.id,
          resourceName: user.name,
          name: 'Contains User',
        })),
      ...ofPolicies,
    ],
    configuration: {
      path: group.path,
      groupName: group.name,
      groupId: group.id,
      arn: group.arn,
      createDate: new Date(group.createdAtMillis).toISOString(),
      groupPolicyList: inlinePolicyList(group.inlinePolicies),
      attachedManagedPolicies: attachedPolicyList(group),
    },
  });
}
