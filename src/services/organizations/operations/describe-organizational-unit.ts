import type {
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
} from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { findUnit } from '../find-unit.ts';
import { managementOperation } from '../management-operation.ts';
import type { UnitRecord } from '../ports.ts';
import { unitShape } from '../shapes.ts';

/** spec: ORG-UNIT-1 */
export const describeOrganizationalUnit = managementOperation<
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
  UnitRecord
>({
  name: 'DescribeOrganizationalUnit',
  find: ({ OrganizationalUnitId }, tree) => findUnit(OrganizationalUnitId, tree),
  resources: ({ id }, tree) => [targetArn(id, tree)],
  operate: (_, { found, tree }) => Promise.resolve({ OrganizationalUnit: unitShape(found, tree) }),
});
