/**
 * Key policies: the default one, and what KMS refuses to store.
 * spec: KMS-KEYPOLICY-1, KMS-KEYPOLICY-2, KMS-KEYPOLICY-3
 */
import { present } from '../../policy/context.ts';
import type { ContextEntries, OperationContext } from '../operation.ts';
import { kmsErrors } from './errors.ts';
import { keyPermission } from './key-permission.ts';
import { awsPrincipals, readKeyPolicy } from './policy-text.ts';
import type { KeyRecord, KmsPorts } from './ports.ts';

export const keyPolicyMaxBytes = 32_768;

/** The policy of a key that was created without one, in the very layout that GetKeyPolicy shows. */
export function defaultKeyPolicy(partition: string, account: string): string {
  return [
    '{',
    '  "Version" : "2012-10-17",',
    '  "Id" : "key-default-1",',
    '  "Statement" : [ {',
    '    "Sid" : "Enable IAM User Permissions",',
    '    "Effect" : "Allow",',
    '    "Principal" : {',
    `      "AWS" : "arn:${partition}:iam::${account}:root"`,
    '    },',
    '    "Action" : "kms:*",',
    '    "Resource" : "*"',
    '  } ]',
    '}',
  ].join('\n');
}

/** The condition key of requests that sent the parameter. */
export function bypassEntry(bypass: boolean | undefined): ContextEntries {
  return bypass === undefined ? [] : [['kms:BypassPolicyLockoutSafetyCheck', present(bypass)]];
}

/**
 * @param key the key with the policy that it would have
 * @throws MalformedPolicyDocumentException, LimitExceededException: why KMS would not store it
 */
export async function assertKeyPolicy(
  key: KeyRecord,
  context: OperationContext<KmsPorts>,
  bypass: boolean | undefined,
): Promise<void> {
  if (Buffer.byteLength(key.policy) > keyPolicyMaxBytes) throw kmsErrors.policyTooLarge();
  const policy = readKeyPolicy(key.policy);
  if (policy === null) throw kmsErrors.malformedPolicy();
  for (const principal of awsPrincipals(policy))
    if (!(await context.ports.principals.exists(principal))) throw kmsErrors.invalidPrincipals();
  if (bypass === true) return;

  // The caller must be able to change the policy again under the new policy itself; grants don't count.
  const again = keyPermission(
    'kms:PutKeyPolicy',
    { key, grants: [], requestAlias: null },
    context,
    bypassEntry(bypass),
  );
  if ((await context.decide(again)).outcome !== 'allowed') throw kmsErrors.lockout();
}
