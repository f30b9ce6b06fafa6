/** The operations of STS that are served, by AWS's names. */
import type { AnyOperation, Denial, Service } from '../operation.ts';
import { stsErrors } from './errors.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getSessionToken } from './operations/get-session-token.ts';
import type { StsPorts } from './ports.ts';

const operations = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
  GetSessionToken: getSessionToken,
} satisfies Record<string, AnyOperation<StsPorts>>;

export const sts: Service<StsPorts> = { name: 'sts', operations, denied };

// spec: STS-DENY-1
function denied({ callerName, permission }: Denial) {
  const { action, resource } = permission;
  return stsErrors.accessDenied({ caller: callerName, action, resource });
}
