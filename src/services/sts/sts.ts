/** The Security Token Service: its operations and how it words a refusal. */
import type { AwsError } from '../aws-error.ts';
import type { Denial, Service } from '../operation.ts';
import { stsErrors } from './errors.ts';
import { stsOperations } from './operations.ts';
import type { StsPorts } from './ports.ts';

export const sts: Service<StsPorts> = { name: 'sts', operations: stsOperations, denied };

// spec: STS-DENY-1
function denied({ callerName, permission }: Denial): AwsError {
  const { action, resource } = permission;
  return stsErrors.accessDenied({ caller: callerName, action, resource });
}
