/**
 * The credentials of account roots. On loopback any account's root answers to its twelve digits, as tools for AWS
 * emulators are configured already; anywhere else only the one pair that the environment gives.
 * spec: SRV-AUTH-ROOT-1
 */
import { parseAccountId, type AccountId } from '../aws/account-id.ts';
import type { FoundCredential } from '../server/ports.ts';

export interface RootCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const loopbackSecret = 'test';

/** The root that this access key ID belongs to, or `null`. `given`: `null` on loopback without the environment's. */
export function findRootCredential(
  accessKeyId: string,
  given: RootCredentials | null,
): FoundCredential | null {
  if (given !== null)
    return accessKeyId === given.accessKeyId
      ? rootCredential(accountOf(accessKeyId), accessKeyId, given.secretAccessKey)
      : null;
  const account = accessKeyId === 'test' ? testAccount : parseAccountId(accessKeyId);
  return account === null ? null : rootCredential(account, accessKeyId, loopbackSecret);
}

const testAccount = '000000000000' as AccountId;

/** The environment's root is of the account that its ID spells, else of the test account. */
function accountOf(accessKeyId: string): AccountId {
  return parseAccountId(accessKeyId) ?? testAccount;
}

function rootCredential(account: AccountId, accessKeyId: string, secretAccessKey: string): FoundCredential {
  return {
    secretAccessKey,
    sessionToken: null,
    expiresAtMillis: null,
    caller: {
      principal: { kind: 'account-root', account, partition: 'aws' },
      account,
      sessionPolicies: null,
      context: [],
      forwardedBy: null,
      userId: account,
      accessKeyId,
    },
  };
}
