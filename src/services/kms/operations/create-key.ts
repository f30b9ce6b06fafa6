import type { CreateKeyRequest, CreateKeyResponse } from '@aws-sdk/client-kms';
import { lengthBetween, oneOf } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import { put } from '../../records.ts';
import { kmsErrors } from '../errors.ts';
import { localArn } from '../find-key.ts';
import { keyMetadata } from '../key-metadata.ts';
import { callEntries, keyKindEntries, requestTagEntries } from '../key-permission.ts';
import { isKeySpec, keySpecs, type KeyUsage } from '../key-specs.ts';
import { assertKeyPolicy, bypassEntry, defaultKeyPolicy } from '../key-policy.ts';
import { newMaterialFor } from '../new-key.ts';
import { keys, type KeyRecord, type KmsPorts } from '../ports.ts';
import { readTags, tagFaults } from '../tags.ts';
import { assertConstraints } from '../validate.ts';

const knownSpecs = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'SYMMETRIC_DEFAULT',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
  'SM2',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'ECC_NIST_EDWARDS25519',
];
const keyUsages = ['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'];
const origins = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

/** spec: KMS-CREATE-1 */
export const createKey = operation<CreateKeyRequest, CreateKeyResponse, KmsPorts, null>({
  name: 'CreateKey',

  validate(input) {
    assertConstraints(
      oneOf('keySpec', input.KeySpec, knownSpecs),
      oneOf('customerMasterKeySpec', input.CustomerMasterKeySpec, knownSpecs),
      oneOf('keyUsage', input.KeyUsage, keyUsages),
      oneOf('origin', input.Origin, origins),
      lengthBetween('description', input.Description, 0, 8192),
      lengthBetween('policy', input.Policy, 1, 131_072),
      ...tagFaults(input.Tags),
    );
    const keySpec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    if (keySpec !== 'SYMMETRIC_DEFAULT' && input.KeyUsage === undefined) throw kmsErrors.keyUsageNeeded();
    if (!isKeySpec(keySpec)) throw kmsErrors.notSupported({ what: `KeySpec ${keySpec}` });
    const keyUsage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
    if (keyUsage === 'KEY_AGREEMENT' && keySpec.startsWith('ECC_NIST_P'))
      throw kmsErrors.notSupported({ what: 'KeyUsage KEY_AGREEMENT' });
    if (!isOwnUsage(keyUsage) || keySpecs[keySpec].algorithms[keyUsage] === undefined)
      throw kmsErrors.usageNotCompatible({ keyUsage, keySpec });
    const origin = input.Origin ?? 'AWS_KMS';
    if (origin !== 'AWS_KMS' && origin !== 'EXTERNAL')
      throw kmsErrors.notSupported({ what: `Origin ${origin}` });
    readTags(input.Tags);
  },

  resolve: () => Promise.resolve(null),

  authorization(input, _, context) {
    const tags = readTags(input.Tags);
    const request = [
      ...callEntries(context.caller),
      ...keyKindEntries(kindOf(input)),
      ...bypassEntry(input.BypassPolicyLockoutSafetyCheck),
      ...requestTagEntries(tags),
    ];
    const permission = (action: string) => ({
      action,
      resource: '*',
      resourceAccount: context.caller.account,
      context: request,
    });
    return [permission('kms:CreateKey'), ...(tags.length === 0 ? [] : [permission('kms:TagResource')])];
  },

  async operate(input, _, context) {
    const key = await newKey(input, context);
    if (input.Policy !== undefined) await assertKeyPolicy(key, context, input.BypassPolicyLockoutSafetyCheck);
    await context.ports.records.commit([put(keys, key.arn, key, { ifRevision: 0 })]);
    return { KeyMetadata: keyMetadata(key) };
  },
});

async function newKey(input: CreateKeyRequest, context: OperationContext<KmsPorts>): Promise<KeyRecord> {
  const kind = kindOf(input);
  const uuid = context.newUuid();
  const keyId = kind.isMultiRegion ? `mrk-${uuid.replaceAll('-', '')}` : uuid;
  const arn = localArn(`key/${keyId}`, context);
  return {
    ...kind,
    arn,
    keyId,
    account: context.caller.account,
    region: context.region,
    partition: context.partition,
    description: input.Description ?? '',
    manager: 'CUSTOMER',
    state: kind.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    createdAtMillis: context.nowMillis(),
    deletionAtMillis: null,
    policy: input.Policy ?? defaultKeyPolicy(context.partition, context.caller.account),
    tags: Object.fromEntries(readTags(input.Tags)),
    aliases: [],
    hasGrants: false,
    materials: kind.origin === 'EXTERNAL' ? [] : [await newMaterialFor(kind.keySpec, arn, context)],
  };
}

/** What `validate` has let through. */
function kindOf(
  input: CreateKeyRequest,
): Pick<KeyRecord, 'origin' | 'keySpec' | 'keyUsage' | 'isMultiRegion'> {
  const keySpec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  return {
    origin: input.Origin === 'EXTERNAL' ? 'EXTERNAL' : 'AWS_KMS',
    keySpec: isKeySpec(keySpec) ? keySpec : 'SYMMETRIC_DEFAULT',
    keyUsage: isOwnUsage(input.KeyUsage) ? input.KeyUsage : 'ENCRYPT_DECRYPT',
    isMultiRegion: input.MultiRegion ?? false,
  };
}

function isOwnUsage(usage: string | undefined): usage is KeyUsage {
  return usage === 'ENCRYPT_DECRYPT' || usage === 'SIGN_VERIFY' || usage === 'GENERATE_VERIFY_MAC';
}
