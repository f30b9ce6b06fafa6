/** The Key Management Service: its operations and how it words a refusal. */
import type { AwsError } from '../aws-error.ts';
import type { Denial, Service } from '../operation.ts';
import { kmsErrors } from './errors.ts';
import { kmsOperations } from './operations.ts';
import type { KmsPorts } from './ports.ts';

export const kms: Service<KmsPorts> = {
  name: 'kms',
  operations: kmsOperations,
  denied,
};

/**
 * A stranger to the account learns neither whether the key exists nor what its policy says; everybody else is told
 * which kind of policy refused.
 * spec: KMS-DENIED-1, KMS-DENIED-2
 */
function denied({ permission, callerName, decision, because, isSameAccount }: Denial): AwsError {
  const { action, resource } = permission;
  const isKeySide =
    decision.reason === 'no-resource-policy-allow' ||
    decision.reason === 'resource-policy-explicit-deny' ||
    decision.reason === 'resource-does-not-exist' ||
    decision.reason === 'cross-account-action' ||
    decision.outcome === 'unknown';
  if (!isSameAccount && isKeySide) return kmsErrors.deniedAcrossAccounts({ user: callerName, action });
  return kmsErrors.denied({ user: callerName, action, resource, because });
}
