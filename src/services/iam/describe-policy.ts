/** Customer managed policies as AWS Config describes them. spec: IAMAPI-INVENTORY-1, IAMAPI-INVENTORY-2 */
import type { Records } from '../records.ts';
import { attachedTo, boundaryOf } from './policy-use.ts';
import type { EntityRecord, PolicyRecord } from './ports.ts';
import { described, type Relationship, type ResourceDescription } from './resource-description.ts';
import { encodedDocument } from './sdk-shapes.ts';

export async function describePolicy(records: Records, policy: PolicyRecord): Promise<ResourceDescription> {
  const [bearers, bounded] = await Promise.all([
    attachedTo(records, policy.account, policy.arn),
    boundaryOf(records, policy.account, policy.arn),
  ]);
  const attachments = [
    ...bearers.users.map(attachment('AWS::IAM::User', 'Is attached to User')),
    ...bearers.groups.map(attachment('AWS::IAM::Group', 'Is attached to Group')),
    ...bearers.roles.map(attachment('AWS::IAM::Role', 'Is attached to Role')),
  ];
  return described(policy, {
    resourceType: 'AWS::IAM::Policy',
    relationships: attachments,
    configuration: {
      policyName: policy.name,
      policyId: policy.id,
      arn: policy.arn,
      path: policy.path,
      defaultVersionId: policy.defaultVersionId,
      attachmentCount: attachments.length,
      permissionsBoundaryUsageCount: bounded.users.length + bounded.roles.length,
      isAttachable: true,
      description: policy.description,
      createDate: new Date(policy.createdAtMillis).toISOString(),
      updateDate: new Date(policy.updatedAtMillis).toISOString(),
      policyVersionList: policy.versions.map((version) => ({
        document: encodedDocument(version.document),
        versionId: version.id,
        isDefaultVersion: version.id === policy.defaultVersionId,
        createDate: new Date(version.createdAtMillis).toISOString(),
      })),
    },
    tags: policy.tags,
  });
}

function attachment(resourceType: Relationship['resourceType'], name: string) {
  return (bearer: EntityRecord): Relationship => ({
    resourceType,
    resourceId: bearer.id,
    resourceName: bearer.name,
    name,
  });
}
