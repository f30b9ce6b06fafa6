/** AWS Organizations: its operations and how it words a refusal. */
import type { AwsError } from '../aws-error.ts';
import type { Denial, Service } from '../operation.ts';
import { organizationsErrors } from './errors.ts';
import { organizationsOperations } from './operations.ts';
import type { OrganizationsPorts } from './ports.ts';

export const organizations: Service<OrganizationsPorts> = {
  name: 'organizations',
  operations: organizationsOperations,
  denied,
};

/** spec: ORG-AUTH-1 */
function denied({ callerName, permission, because }: Denial): AwsError {
  const { action, resource } = permission;
  return organizationsErrors.denied({ user: callerName, action, resource, because });
}
