/** The operations of STS that are served, by AWS's names. */
import type { AnyOperation } from '../operation.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getSessionToken } from './operations/get-session-token.ts';
import type { StsPorts } from './ports.ts';

export const stsOperations = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
  GetSessionToken: getSessionToken,
} satisfies Record<string, AnyOperation<StsPorts>>;
