/** The tree of an organization: root, units and accounts, and what is attached where. Pure. */
import { fullAccessPolicies } from './aws-policies.ts';
import type { OrganizationRecord, PolicyTypeName } from './ports.ts';

/** A new attachment list, or an old one with more. */
export type Attachments = OrganizationRecord['attachments'];

/** The ID of the parent of a unit or an account; `null` for the root and for what is not there. */
export function parentOf(id: string, tree: OrganizationRecord): string | null {
  return tree.units[id]?.parentId ?? tree.accounts[id]?.parentId ?? null;
}

export function isParent(id: string, tree: OrganizationRecord): boolean {
  return id === tree.rootId || Object.hasOwn(tree.units, id);
}

export function isTarget(id: string, tree: OrganizationRecord): boolean {
  return isParent(id, tree) || Object.hasOwn(tree.accounts, id);
}

/** From the root down to this one, both included. */
export function chainOf(id: string, tree: OrganizationRecord): readonly string[] {
  const chain = [id];
  for (let at = parentOf(id, tree); at !== null; at = parentOf(at, tree)) chain.unshift(at);
  return chain;
}

/** `o-exampleorgid/r-ab12/ou-ab12-11111111/`: the way to an account, without it. */
export function pathOf(account: string, tree: OrganizationRecord): string {
  return [tree.id, ...chainOf(account, tree).slice(0, -1), ''].join('/');
}

/** Everything that policies can be attached to. */
export function targetsOf(tree: OrganizationRecord): readonly string[] {
  return [tree.rootId, ...Object.keys(tree.units), ...Object.keys(tree.accounts)];
}

export function attachedTo(id: string, tree: OrganizationRecord): readonly string[] {
  return tree.attachments[id] ?? [];
}

/** What a new unit or account begins with: AWS's own policy of every enabled type. spec: ORG-DEFAULT-1 */
export function defaultAttachments(tree: OrganizationRecord): readonly string[] {
  return tree.enabledPolicyTypes.map((type) => fullAccessPolicies[type].id);
}

/** AWS's own policy of this type at every target that lacks it. */
export function withFullAccess(type: PolicyTypeName, tree: OrganizationRecord): Attachments {
  const { id } = fullAccessPolicies[type];
  return Object.fromEntries(
    targetsOf(tree).map((target) => [target, [...new Set([...attachedTo(target, tree), id])]]),
  );
}

export function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
