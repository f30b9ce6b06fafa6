/**
 * What a request on a key needs: the action, the key's own policy and grants, and the condition keys of KMS.
 * spec: KMS-PERM-1, KMS-CTX-1, KMS-CTX-2
 */
import { parseAccountId } from '../../aws/account-id.ts';
import { parseArn } from '../../aws/arn.ts';
import { absent, present, presentList, unknownValue } from '../../policy/context.ts';
import type { GrantInput } from '../../policy/policy-inputs.ts';
import type { Caller, ContextEntries, Permission } from '../operation.ts';
import type { FoundKey } from './find-key.ts';
import type { GrantRecord, KeyRecord } from './ports.ts';

/** The permission for `action` on this key; `more` are the condition keys of this operation alone. */
export function keyPermission(
  action: string,
  found: FoundKey,
  context: { readonly caller: Caller },
  more: ContextEntries = [],
): Permission {
  const { key } = found;
  return {
    action,
    resource: key.arn,
    resourceAccount: key.account,
    resourceRegion: key.region,
    resourcePolicy: { text: key.policy, arn: key.arn, label: 'the key policy' },
    grants: found.grants.map(grantInput),
    context: [...keyEntries(key), ...callEntries(context.caller), ...aliasEntry(found), ...more],
  };
}

/** The condition keys that a key itself answers. */
function keyEntries(key: KeyRecord): ContextEntries {
  return [
    ...keyKindEntries(key),
    ['kms:ResourceAliases', key.aliases.length === 0 ? absent : presentList(key.aliases)],
    ...Object.entries(key.tags).map(([tag, value]) => [`aws:ResourceTag/${tag}`, present(value)] as const),
  ];
}

/** Those that CreateKey has, too. */
export function keyKindEntries(
  kind: Pick<KeyRecord, 'origin' | 'keySpec' | 'keyUsage' | 'isMultiRegion'>,
): ContextEntries {
  return [
    ['kms:KeyOrigin', present(kind.origin)],
    ['kms:KeySpec', present(kind.keySpec)],
    ['kms:CustomerMasterKeySpec', present(kind.keySpec)],
    ['kms:KeyUsage', present(kind.keyUsage)],
    ['kms:CustomerMasterKeyUsage', present(kind.keyUsage)],
    ['kms:MultiRegion', present(kind.isMultiRegion)],
  ];
}

/** Who calls, and through which service. AWS does not say what a service principal's calls carry. */
export function callEntries(caller: Caller): ContextEntries {
  if (caller.principal.kind === 'service') {
    const undocumented = unknownValue('AWS does not document it for calls of a service principal');
    return [
      ['kms:CallerAccount', undocumented],
      ['kms:ViaService', undocumented],
    ];
  }
  const via = caller.forwardedBy;
  return [
    ['kms:CallerAccount', present(caller.account)],
    ['kms:ViaService', via === null ? absent : present(`${via.service}.${via.region}.amazonaws.com`)],
  ];
}

/** Tags that a request brings. */
export function requestTagEntries(tags: readonly (readonly [key: string, value: string])[]): ContextEntries {
  if (tags.length === 0) return [];
  return [
    ...tags.map(([key, value]) => [`aws:RequestTag/${key}`, present(value)] as const),
    ['aws:TagKeys', presentList(tags.map(([key]) => key))],
  ];
}

function aliasEntry({ requestAlias }: FoundKey): ContextEntries {
  return [['kms:RequestAlias', requestAlias === null ? absent : present(requestAlias)]];
}

function grantInput(grant: GrantRecord): GrantInput {
  return {
    grantId: grant.grantId,
    granteePrincipal: grant.granteePrincipal,
    operations: grant.operations,
    retiringPrincipal: grant.retiringPrincipal,
    issuingAccount: parseAccountId(parseArn(grant.issuingAccount)?.account ?? ''),
    encryptionContextSubset: grant.encryptionContextSubset,
    encryptionContextEquals: grant.encryptionContextEquals,
    source: {
      source: `${grant.keyArn}#${grant.grantId}`,
      label: `the grant ${grant.grantId}`,
      file: null,
      locate: () => null,
    },
  };
}
