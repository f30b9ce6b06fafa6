import { targetArn } from './arns.ts';
import { organizationsErrors } from './errors.ts';
import { policyTypeOf } from './policies.ts';
import type { OrganizationRecord, PolicyTypeName } from './ports.ts';

export interface TypeAtRoot {
  readonly rootId: string;
  readonly type: PolicyTypeName;
}

/** @throws RootNotFoundException, InvalidInputException */
export function findTypeAtRoot(
  rootId: string | undefined,
  type: string | undefined,
  tree: OrganizationRecord,
): TypeAtRoot {
  if (rootId !== tree.rootId) throw organizationsErrors.rootNotFound();
  return { rootId: tree.rootId, type: policyTypeOf(type) };
}

export function rootArns({ rootId }: TypeAtRoot, tree: OrganizationRecord): readonly string[] {
  return [targetArn(rootId, tree)];
}
