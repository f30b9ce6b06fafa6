/** AWS Identity and Access Management: its operations and how it words a refusal. */
import type { AwsError } from '../aws-error.ts';
import type { Denial, Service } from '../operation.ts';
import { iamErrors } from './errors.ts';
import { iamOperations } from './operations.ts';
import type { IamPorts } from './ports.ts';

export const iam: Service<IamPorts> = { name: 'iam', operations: iamOperations, denied };

// spec: IAMAPI-DENY-1
function denied({ callerName, permission, because }: Denial): AwsError {
  const { action, resource } = permission;
  return iamErrors.accessDenied({ caller: callerName, action, resource, because });
}
