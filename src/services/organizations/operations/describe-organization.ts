import type { DescribeOrganizationResponse } from '@aws-sdk/client-organizations';
import { operation } from '../../operation.ts';
import { findOrganization } from '../management-operation.ts';
import type { OrganizationRecord, OrganizationsPorts } from '../ports.ts';
import { organizationShape } from '../shapes.ts';

/** Every member may ask for it. spec: ORG-AUTH-2 */
export const describeOrganization = operation<
  object,
  DescribeOrganizationResponse,
  OrganizationsPorts,
  OrganizationRecord
>({
  name: 'DescribeOrganization',
  resolve: async (_, context) => (await findOrganization(context)).value,
  authorization: (_input, _, { caller }) => [
    { action: 'organizations:DescribeOrganization', resource: '*', resourceAccount: caller.account },
  ],
  operate: (_, tree) => Promise.resolve({ Organization: organizationShape(tree) }),
});
