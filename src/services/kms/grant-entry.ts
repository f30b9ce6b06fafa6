/** A grant as the lists show it: without its tokens. */
import type { GrantListEntry, GrantOperation } from '@aws-sdk/client-kms';
import { grantOperations } from './grant-operations.ts';
import type { GrantRecord } from './ports.ts';

export function grantEntry(grant: GrantRecord): GrantListEntry {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant;
  return {
    KeyId: grant.keyArn,
    GrantId: grant.grantId,
    Name: grant.name ?? '',
    CreationDate: new Date(grant.createdAtMillis),
    GranteePrincipal: grant.granteePrincipal,
    RetiringPrincipal: grant.retiringPrincipal ?? undefined,
    IssuingAccount: grant.issuingAccount,
    Operations: grant.operations.filter(isGrantOperation),
    Constraints:
      equals === null && subset === null
        ? undefined
        : {
            ...(equals === null ? {} : { EncryptionContextEquals: equals }),
            ...(subset === null ? {} : { EncryptionContextSubset: subset }),
          },
  };
}

function isGrantOperation(name: string): name is GrantOperation {
  return grantOperations.includes(name);
}
