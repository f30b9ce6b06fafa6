import { organizationsErrors } from './errors.ts';
import type { OrganizationRecord, UnitRecord } from './ports.ts';

/** @throws OrganizationalUnitNotFoundException */
export function findUnit(id: string | undefined, tree: OrganizationRecord): UnitRecord {
  const unit = Object.hasOwn(tree.units, id ?? '') ? tree.units[id ?? ''] : undefined;
  if (unit === undefined) throw organizationsErrors.unitNotFound();
  return unit;
}
