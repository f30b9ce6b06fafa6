/** ARNs of what an organization is made of. */
import { isAwsPolicy } from './aws-policies.ts';
import type { OrganizationRecord, PolicyRecord } from './ports.ts';

export function organizationArn(tree: OrganizationRecord): string {
  return arn(tree, `organization/${tree.id}`);
}

/** Of a root, a unit or an account. */
export function targetArn(id: string, tree: OrganizationRecord): string {
  const kind = id.startsWith('r-') ? 'root' : id.startsWith('ou-') ? 'ou' : 'account';
  return arn(tree, `${kind}/${tree.id}/${id}`);
}

export function policyArn({ id, type }: Pick<PolicyRecord, 'id' | 'type'>, tree: OrganizationRecord): string {
  const kind = type.toLowerCase();
  return isAwsPolicy(id)
    ? `arn:${tree.partition}:organizations::aws:policy/${kind}/${id}`
    : arn(tree, `policy/${tree.id}/${kind}/${id}`);
}

function arn({ partition, managementAccount }: OrganizationRecord, resource: string): string {
  return `arn:${partition}:organizations::${managementAccount}:${resource}`;
}
