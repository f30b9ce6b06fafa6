import type { Policy } from '@aws-sdk/client-iam';
import { findManagedPolicy, managedPoliciesUpdatedAt } from '../../aws/managed-policies/managed-policy.ts';
import type { PolicyUse } from './sdk-shapes.ts';

/**
 * An AWS managed policy as IAM shows it; `null` if its content is not carried here. Its dates are those of our
 * snapshot, and its unique ID is made of its name, since AWS publishes neither with the content.
 */
export function awsPolicyShape(arn: string, use: PolicyUse): Policy | null {
  const policy = findManagedPolicy(arn);
  if (policy === null) return null;
  const resource = arn.slice(arn.indexOf(':policy/') + ':policy'.length);
  const slash = resource.lastIndexOf('/') + 1;
  const date = new Date(managedPoliciesUpdatedAt);
  return {
    PolicyName: resource.slice(slash),
    PolicyId: `ANPA${resource
      .slice(slash)
      .toUpperCase()
      .replace(/[^A-Z2-7]/g, '')
      .padEnd(17, 'A')
      .slice(0, 17)}`,
    Arn: arn,
    Path: resource.slice(0, slash),
    DefaultVersionId: policy.versionId,
    AttachmentCount: use.attachments,
    PermissionsBoundaryUsageCount: use.boundaries,
    IsAttachable: true,
    CreateDate: date,
    UpdateDate: date,
  };
}
