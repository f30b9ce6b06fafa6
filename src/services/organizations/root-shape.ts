import type { Root } from '@aws-sdk/client-organizations';
import { targetArn } from './arns.ts';
import type { OrganizationRecord } from './ports.ts';

export function rootShape(tree: OrganizationRecord): Root {
  return {
    Id: tree.rootId,
    Arn: targetArn(tree.rootId, tree),
    Name: 'Root',
    PolicyTypes: tree.enabledPolicyTypes.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}
