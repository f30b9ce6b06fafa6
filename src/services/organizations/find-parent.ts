import { organizationsErrors } from './errors.ts';
import type { OrganizationRecord } from './ports.ts';
import { isParent } from './tree.ts';

/** The root or a unit. @throws ParentNotFoundException */
export function findParent(id: string | undefined, tree: OrganizationRecord): string {
  if (id === undefined || !isParent(id, tree)) throw organizationsErrors.parentNotFound();
  return id;
}
