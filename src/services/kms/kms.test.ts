import { describe, expect, test } from 'vitest';
import type {
  CreateGrantResponse,
  CreateKeyResponse,
  DecryptResponse,
  EncryptResponse,
  GenerateDataKeyResponse,
} from '@aws-sdk/client-kms';
import { parseAccountId, type AccountId } from '../../aws/account-id.ts';
import type { Decision } from '../../policy/decision.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { realWorld } from '../../world/world.ts';
import type { Caller, Denial, OperationContext, Permission } from '../operation.ts';
import { Keyring } from './keyring.ts';
import { keyStateTable } from './key-states.ts';
import { kms } from './kms.ts';
import type { kmsOperations } from './operations.ts';
import { keys, type KeyState, type KmsPorts, type Wrapping } from './ports.ts';

const owner = account('111122223333');
const stranger = account('444455556666');
const region = 'us-east-1';

function account(text: string): AccountId {
  const parsed = parseAccountId(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

function rootOf(id: AccountId): Caller {
  return {
    principal: { kind: 'account-root', account: id, partition: 'aws' },
    account: id,
    sessionPolicies: null,
    context: [],
    forwardedBy: null,
    userId: id,
    accessKeyId: id,
  };
}

/** Seals nothing: what this file tests is what is built on it. */
const openWrapping: Wrapping = {
  wrap: (material) => Uint8Array.from(material),
  unwrap: (wrapped) => Uint8Array.from(wrapped),
};

function allowed(): Decision {
  return { outcome: 'allowed', reason: 'account-root-allow', layers: [], statements: [], unknown: [] };
}

/** KMS without a server: each call is validated, resolved and operated; the permissions it declared are kept. */
function kmsOf(options: { readonly decide?: (permission: Permission) => Decision['outcome'] } = {}) {
  const records = openMemory();
  const world = realWorld();
  const ports: KmsPorts = {
    records,
    keyring: new Keyring(openWrapping),
    principals: { exists: (arn) => Promise.resolve(!arn.includes('missing')) },
  };
  const asked: Permission[] = [];
  async function call<Output>(
    name: keyof typeof kmsOperations,
    input: object,
    caller = rootOf(owner),
  ): Promise<Output> {
    const operation = kms.operations[name];
    if (operation === undefined) throw new Error(name);
    const context: OperationContext<KmsPorts> = {
      ...world,
      ports,
      caller,
      region,
      partition: 'aws',
      requestId: 'r',
      payload: null,
      signal: AbortSignal.timeout(10_000),
      decide: (permission) => {
        asked.push(permission);
        return Promise.resolve({ ...allowed(), outcome: options.decide?.(permission) ?? 'allowed' });
      },
    };
    operation.validate?.(input);
    const resources: unknown = await operation.resolve(input, context);
    if (typeof operation.authorization === 'function')
      asked.push(...operation.authorization(input, resources, context));
    return (await operation.operate(input, resources, context)) as Output;
  }
  async function newKey(input: object = {}): Promise<string> {
    const made = await call<CreateKeyResponse>('CreateKey', input);
    return made.KeyMetadata?.Arn ?? '';
  }
  return { call, newKey, asked, records, world };
}

function error(code: string, message?: string): object {
  return expect.objectContaining(message === undefined ? { code } : { code, message }) as object;
}

describe('a ciphertext', () => {
  // spec: KMS-CIPHER-1, KMS-CIPHER-2
  test('opens under the encryption context it was made with, in whatever order the pairs stand', async () => {
    const { call, newKey } = kmsOf();
    const KeyId = await newKey();
    const made = await call<EncryptResponse>('Encrypt', {
      KeyId,
      Plaintext: Buffer.from('secret'),
      EncryptionContext: { a: '1', b: '2' },
    });
    const opened = await call<DecryptResponse>('Decrypt', {
      CiphertextBlob: made.CiphertextBlob,
      EncryptionContext: { b: '2', a: '1' },
    });
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    expect(opened.KeyId).toBe(KeyId);
  });

  // spec: KMS-CIPHER-2
  test.each([
    ['another value', { a: '1', b: '3' }],
    ['a missing pair', { a: '1' }],
    ['a pair too many', { a: '1', b: '2', c: '' }],
    ['no context', undefined],
    ['pairs that only look alike when they are joined', { a1b: '2', '': '' }],
    ['another case of a key', { A: '1', b: '2' }],
  ])('does not open under %s', async (_, EncryptionContext) => {
    const { call, newKey } = kmsOf();
    const made = await call<EncryptResponse>('Encrypt', {
      KeyId: await newKey(),
      Plaintext: Buffer.from('secret'),
      EncryptionContext: { a: '1', b: '2' },
    });
    const opening = call('Decrypt', { CiphertextBlob: made.CiphertextBlob, EncryptionContext });
    await expect(opening).rejects.toEqual(error('InvalidCiphertextException', ''));
  });

  // spec: KMS-CIPHER-3
  test('does not open when any one byte of it was changed', async () => {
    const { call, newKey } = kmsOf();
    const made = await call<EncryptResponse>('Encrypt', {
      KeyId: await newKey(),
      Plaintext: Buffer.from('x'),
    });
    const blob = Buffer.from(made.CiphertextBlob ?? []);
    for (let at = 0; at < blob.length; at++) {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      await expect(call('Decrypt', { CiphertextBlob: changed })).rejects.toEqual(
        expect.objectContaining({
          code: expect.stringMatching(/^(InvalidCiphertext|AccessDenied)Exception$/) as string,
        }),
      );
    }
  });

  // spec: KMS-CIPHER-3
  test('does not open when it is cut short or is none of ours', async () => {
    const { call, newKey } = kmsOf();
    const made = await call<EncryptResponse>('Encrypt', {
      KeyId: await newKey(),
      Plaintext: Buffer.from('x'),
    });
    const blob = Buffer.from(made.CiphertextBlob ?? []);
    for (const CiphertextBlob of [
      blob.subarray(0, 20),
      blob.subarray(0, blob.length - 1),
      Buffer.from('AQICAHj'),
    ])
      await expect(call('Decrypt', { CiphertextBlob })).rejects.toEqual(error('InvalidCiphertextException'));
  });

  // spec: KMS-CIPHER-3
  test('names its key: another KeyId in the request is refused', async () => {
    const { call, newKey } = kmsOf();
    const made = await call<EncryptResponse>('Encrypt', {
      KeyId: await newKey(),
      Plaintext: Buffer.from('x'),
    });
    const opening = call('Decrypt', { CiphertextBlob: made.CiphertextBlob, KeyId: await newKey() });
    await expect(opening).rejects.toEqual(
      error(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      ),
    );
  });

  // spec: KMS-DATAKEY-1
  test('of a data key opens to the plaintext that came with it', async () => {
    const { call, newKey } = kmsOf();
    const made = await call<GenerateDataKeyResponse>('GenerateDataKey', {
      KeyId: await newKey(),
      KeySpec: 'AES_256',
    });
    const opened = await call<DecryptResponse>('Decrypt', { CiphertextBlob: made.CiphertextBlob });
    expect(made.Plaintext).toHaveLength(32);
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Buffer.from(made.Plaintext ?? []));
  });
});

describe('a key ID', () => {
  // spec: KMS-ID-2
  test("that names no key prints the ARN it would have in the caller's account", async () => {
    const { call } = kmsOf();
    const id = '134f2428-cec1-4b25-a1ae-9048164dba47';
    await expect(call('DescribeKey', { KeyId: id })).rejects.toEqual(
      error('NotFoundException', `Key 'arn:aws:kms:us-east-1:111122223333:key/${id}' does not exist`),
    );
  });

  // spec: KMS-ID-2
  test.each([
    ['fake-key-id', "Invalid keyId 'fake-key-id'"],
    ['arn:aws:kms:eu-west-1:111122223333:key/134f2428-cec1-4b25-a1ae-9048164dba47', 'Invalid arn eu-west-1'],
    ['alias/none', 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.'],
  ])('%s is not found', async (KeyId, message) => {
    const { call } = kmsOf();
    await expect(call('DescribeKey', { KeyId })).rejects.toEqual(error('NotFoundException', message));
  });

  // spec: KMS-ID-3
  test('of another account tells nobody whether the key exists', async () => {
    const { call } = kmsOf();
    const KeyId = 'arn:aws:kms:us-east-1:111122223333:key/134f2428-cec1-4b25-a1ae-9048164dba47';
    await expect(call('DescribeKey', { KeyId }, rootOf(stranger))).rejects.toEqual(
      error(
        'AccessDeniedException',
        'User: arn:aws:iam::444455556666:root is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
      ),
    );
  });

  // spec: KMS-ID-3
  test('of another account does not work where the operation stays in its account, whatever the policies say', async () => {
    const { call, newKey } = kmsOf();
    const KeyId = await newKey();
    await expect(call('DisableKey', { KeyId }, rootOf(stranger))).rejects.toEqual(
      error('AccessDeniedException'),
    );
    await expect(call('DescribeKey', { KeyId }, rootOf(stranger))).resolves.toBeDefined();
  });

  // spec: KMS-ID-1
  test('may be an alias, an alias ARN, an ID or an ARN, and the answer has the ARN', async () => {
    const { call, newKey } = kmsOf();
    const arn = await newKey();
    await call('CreateAlias', { AliasName: 'alias/config', TargetKeyId: arn });
    for (const KeyId of [
      arn,
      arn.split('/')[1],
      'alias/config',
      'arn:aws:kms:us-east-1:111122223333:alias/config',
    ]) {
      const made = await call<EncryptResponse>('Encrypt', { KeyId, Plaintext: Buffer.from('x') });
      expect(made.KeyId).toBe(arn);
    }
  });

  // spec: KMS-ID-1
  test('is no alias where the operation wants the key itself', async () => {
    const { call, newKey } = kmsOf();
    await call('CreateAlias', { AliasName: 'alias/config', TargetKeyId: await newKey() });
    await expect(call('DisableKey', { KeyId: 'alias/config' })).rejects.toEqual(
      error('NotFoundException', "Invalid keyId 'alias/config'"),
    );
  });
});

describe('a key policy', () => {
  // spec: KMS-KEYPOLICY-1
  test('that was not given is the one that lets the account delegate', async () => {
    const { call, newKey } = kmsOf();
    const { Policy } = await call<{ Policy: string }>('GetKeyPolicy', { KeyId: await newKey() });
    expect(Policy.startsWith('{\n  "Version" : "2012-10-17",\n  "Id" : "key-default-1",')).toBe(true);
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    });
  });

  // spec: KMS-KEYPOLICY-2
  test('under which its author could not change it again is refused, and the old one stays', async () => {
    const isNew = (permission: Permission) =>
      permission.resourcePolicy?.text.includes('kms:Decrypt') ?? false;
    const { call, newKey } = kmsOf({ decide: (permission) => (isNew(permission) ? 'denied' : 'allowed') });
    const KeyId = await newKey();
    const Policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*' }],
    });
    await expect(call('PutKeyPolicy', { KeyId, Policy })).rejects.toEqual(
      error(
        'MalformedPolicyDocumentException',
        'The new key policy will not allow you to update the key policy in the future.',
      ),
    );
    const kept = await call<{ Policy: string }>('GetKeyPolicy', { KeyId });
    expect(kept.Policy).toContain('key-default-1');
    await call('PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect((await call<{ Policy: string }>('GetKeyPolicy', { KeyId })).Policy).toBe(Policy);
  });

  // spec: KMS-KEYPOLICY-3
  test.each([
    [
      'names a principal that does not exist',
      { Effect: 'Allow', Principal: { AWS: 'missing' }, Action: '*', Resource: '*' },
      'Policy contains a statement with one or more invalid principals.',
    ],
    ['has a statement for nobody', { Effect: 'Allow', Action: '*', Resource: '*' }, undefined],
    ['has a statement without effect', { Principal: '*', Action: '*', Resource: '*' }, undefined],
  ])('that %s is refused', async (_, Statement, message) => {
    const { call, newKey } = kmsOf();
    const putting = call('PutKeyPolicy', {
      KeyId: await newKey(),
      Policy: JSON.stringify({ Statement: [Statement] }),
    });
    await expect(putting).rejects.toEqual(error('MalformedPolicyDocumentException', message));
  });

  // spec: KMS-KEYPOLICY-3
  test.each(['not json', '{"Statement":[]}', '[]'])('must be a policy: %s is none', async (Policy) => {
    const { call, newKey } = kmsOf();
    await expect(call('PutKeyPolicy', { KeyId: await newKey(), Policy })).rejects.toEqual(
      error('MalformedPolicyDocumentException'),
    );
  });

  // spec: KMS-KEYPOLICY-3
  test('of 32 KiB is stored and of one byte more is not', async () => {
    const { call, newKey } = kmsOf();
    const KeyId = await newKey();
    const base = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
    await call('PutKeyPolicy', { KeyId, Policy: base + ' '.repeat(32_768 - base.length) });
    await expect(
      call('PutKeyPolicy', { KeyId, Policy: base + ' '.repeat(32_769 - base.length) }),
    ).rejects.toEqual(error('LimitExceededException'));
  });
});

describe('a key in a state', () => {
  const inputs: Partial<Record<keyof typeof keyStateTable, object>> = {
    Encrypt: { Plaintext: Buffer.from('x') },
    GenerateDataKey: { KeySpec: 'AES_256' },
    GenerateDataKeyWithoutPlaintext: { KeySpec: 'AES_256' },
    EnableKey: {},
    DisableKey: {},
    ScheduleKeyDeletion: {},
    CancelKeyDeletion: {},
    DescribeKey: {},
    UpdateKeyDescription: { Description: 'd' },
    DisableKeyRotation: {},
    EnableKeyRotation: {},
    GenerateDataKeyPair: { KeyPairSpec: 'ECC_NIST_P256' },
    GenerateDataKeyPairWithoutPlaintext: { KeyPairSpec: 'ECC_NIST_P256' },
    GetKeyRotationStatus: {},
    ListKeyRotations: {},
    RotateKeyOnDemand: {},
    TagResource: { Tags: [{ TagKey: 'k', TagValue: 'v' }] },
  };
  const words: Readonly<Record<string, (arn: string) => object>> = {
    disabled: (arn) => error('DisabledException', `${arn} is disabled.`),
    'pending deletion': (arn) => error('KMSInvalidStateException', `${arn} is pending deletion.`),
    'not pending deletion': (arn) => error('KMSInvalidStateException', `${arn} is not pending deletion.`),
    'pending import': (arn) => error('KMSInvalidStateException', `${arn} is pending import.`),
    origin: (arn) =>
      error(
        'UnsupportedOperationException',
        `${arn} origin is EXTERNAL which is not valid for this operation.`,
      ),
  };
  const rows = Object.entries(inputs).flatMap(([name, input]) =>
    (['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'] as const).map((state) => ({
      name,
      state,
      input,
    })),
  );

  // spec: KMS-STATE-1
  test.each(rows)('$state answers $name as the table of states says', async ({ name, state, input }) => {
    const { call, newKey, records } = kmsOf();
    const arn = await newKey();
    const stored = await records.get(keys, arn);
    if (stored === null) throw new Error('no key');
    await records.commit([
      {
        kind: 'put',
        collection: keys,
        key: arn,
        value: {
          ...stored.value,
          origin: state === 'PendingImport' ? 'EXTERNAL' : 'AWS_KMS',
          state: state satisfies KeyState,
        },
      },
    ]);
    const operation = name as keyof typeof keyStateTable;
    const rule = keyStateTable[operation][state];
    const calling = call(operation, { ...input, KeyId: arn });
    if (rule === 'works') await expect(calling).resolves.toBeDefined();
    else await expect(calling).rejects.toEqual(words[rule]?.(arn));
  });

  // spec: KMS-DELETE-1
  test('pending deletion is gone when its waiting period ends, and disabled when it is saved before', async () => {
    const { call, newKey, world } = kmsOf();
    const [doomed, saved] = [await newKey(), await newKey()];
    for (const KeyId of [doomed, saved]) await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    await call('CancelKeyDeletion', { KeyId: saved });
    world.advanceClock(7 * 86_400_000);
    await expect(call('DescribeKey', { KeyId: doomed })).rejects.toEqual(error('NotFoundException'));
    await expect(call('DescribeKey', { KeyId: saved })).resolves.toMatchObject({
      KeyMetadata: { KeyState: 'Disabled' },
    });
  });
});

describe('what a request on a key asks the policy engine', () => {
  // spec: KMS-PERM-1, KMS-CTX-1, KMS-CTX-3
  test("carries the key's policy and the condition keys of the call", async () => {
    const { call, newKey, asked } = kmsOf();
    const KeyId = await newKey({ Tags: [{ TagKey: 'team', TagValue: 'audit' }] });
    await call('GenerateDataKey', {
      KeyId,
      KeySpec: 'AES_256',
      EncryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::b' },
    });
    const permission = asked.at(-1);
    expect(permission).toMatchObject({
      action: 'kms:GenerateDataKey',
      resource: KeyId,
      resourceAccount: owner,
    });
    expect(permission?.resourcePolicy?.arn).toBe(KeyId);
    const context = new Map(permission?.context);
    expect(context.get('kms:CallerAccount')).toMatchObject({ values: [owner] });
    expect(context.get('kms:ViaService')).toEqual({ state: 'absent' });
    expect(context.get('kms:EncryptionContext:aws:s3:arn')).toMatchObject({ values: ['arn:aws:s3:::b'] });
    expect(context.get('kms:EncryptionContextKeys')).toMatchObject({ values: ['aws:s3:arn'] });
    expect(context.get('aws:ResourceTag/team')).toMatchObject({ values: ['audit'] });
  });

  // spec: KMS-CTX-1
  test('names the service that calls for the caller', async () => {
    const { call, newKey, asked } = kmsOf();
    const KeyId = await newKey();
    const caller = { ...rootOf(owner), forwardedBy: { service: 's3', region: 'eu-west-1' } };
    await call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, caller);
    expect(new Map(asked.at(-1)?.context).get('kms:ViaService')).toMatchObject({
      values: ['s3.eu-west-1.amazonaws.com'],
    });
  });

  // spec: KMS-CTX-2
  test("leaves open what AWS does not say of a service principal's calls", async () => {
    const { call, newKey, asked } = kmsOf();
    const KeyId = await newKey();
    const caller: Caller = { ...rootOf(owner), principal: { kind: 'service', name: 'config.amazonaws.com' } };
    await call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, caller);
    const context = new Map(asked.at(-1)?.context);
    expect(context.get('kms:CallerAccount')?.state).toBe('unknown');
    expect(context.get('kms:ViaService')?.state).toBe('unknown');
  });

  // spec: KMS-GRANTOP-1, KMS-GRANTOP-2
  test('carries the grants on the key, and a grant token must be a real one', async () => {
    const { call, newKey, asked } = kmsOf();
    const KeyId = await newKey();
    const grant = await call<CreateGrantResponse>('CreateGrant', {
      KeyId,
      GranteePrincipal: 'arn:aws:iam::444455556666:role/reader',
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { a: '1' } },
    });
    await call('DescribeKey', { KeyId, GrantTokens: [grant.GrantToken] });
    expect(asked.at(-1)?.grants).toMatchObject([
      { operations: ['Decrypt'], encryptionContextSubset: { a: '1' } },
    ]);
    await expect(call('DescribeKey', { KeyId, GrantTokens: ['made up'] })).rejects.toEqual(
      error('InvalidGrantTokenException'),
    );
    await call('RevokeGrant', { KeyId, GrantId: grant.GrantId });
    await call('DescribeKey', { KeyId });
    expect(asked.at(-1)?.grants).toEqual([]);
  });

  // spec: KMS-GRANTOP-3
  test('a grant that is to be made is put to the engine with what it lists and how it is limited', async () => {
    const { call, newKey, asked } = kmsOf();
    const grant = { KeyId: await newKey(), GranteePrincipal: 'arn:aws:iam::444455556666:role/reader' };
    const Constraints = { EncryptionContextSubset: { a: '1' } };
    await call('CreateGrant', { ...grant, Operations: ['Encrypt', 'CreateGrant'], Constraints });
    await call('CreateGrant', { ...grant, Operations: ['Encrypt'], Constraints });
    const permission = asked.at(-1);
    expect(permission?.grants).toMatchObject([
      {
        operations: ['Encrypt', 'CreateGrant'],
        encryptionContextSubset: { a: '1' },
        issuingAccount: '111122223333',
      },
    ]);
    expect(Object.fromEntries(permission?.context ?? [])).toMatchObject({
      'kms:GrantOperations': { values: ['Encrypt'] },
      'kms:GrantConstraintType': { values: ['EncryptionContextSubset'] },
      'kms:EncryptionContext:a': { values: ['1'] },
    });
  });

  // spec: KMS-PERM-2
  test('of an alias asks for the alias and for its key', async () => {
    const { call, newKey, asked } = kmsOf();
    const KeyId = await newKey();
    await call('CreateAlias', { AliasName: 'alias/config', TargetKeyId: KeyId });
    expect(asked.slice(-2).map((permission) => permission.resource)).toEqual([
      'arn:aws:kms:us-east-1:111122223333:alias/config',
      KeyId,
    ]);
  });
});

describe('the AWS managed key', () => {
  // spec: KMS-MANAGED-1, KMS-MANAGED-2
  test('aws/s3 is made at its first use, once, and lets in only callers of its account that come through S3', async () => {
    const { call } = kmsOf();
    const first = await call<CreateKeyResponse>('DescribeKey', { KeyId: 'alias/aws/s3' });
    const again = await call<CreateKeyResponse>('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(first.KeyMetadata?.Arn).toBe(again.KeyMetadata?.Arn);
    expect(first.KeyMetadata?.KeyManager).toBe('AWS');
    const { Policy } = await call<{ Policy: string }>('GetKeyPolicy', { KeyId: first.KeyMetadata?.KeyId });
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [
        {
          Condition: {
            StringEquals: { 'kms:CallerAccount': owner, 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
          },
        },
        { Principal: { AWS: `arn:aws:iam::${owner}:root` } },
      ],
    });
  });
});

describe('a refusal', () => {
  const denial = (reason: Decision['reason'], isSameAccount: boolean, because: string): Denial => ({
    permission: {
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:us-east-1:111122223333:key/k',
      resourceAccount: owner,
    },
    caller: rootOf(owner),
    callerName: 'arn:aws:sts::111122223333:assumed-role/config/s',
    decision: { ...allowed(), outcome: 'denied', reason },
    because,
    isSameAccount,
    isSameOrganization: false,
  });

  // spec: KMS-DENIED-1
  test("in the key's account names the kind of policy", () => {
    const text = kms.denied(
      denial(
        'no-resource-policy-allow',
        true,
        'because no resource-based policy allows the kms:Decrypt action',
      ),
    ).message;
    expect(text).toBe(
      'User: arn:aws:sts::111122223333:assumed-role/config/s is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/k because no resource-based policy allows the kms:Decrypt action',
    );
  });

  // spec: KMS-DENIED-2
  test("across accounts hides whether the key exists, but not that the caller's own policy is missing", () => {
    expect(kms.denied(denial('no-resource-policy-allow', false, 'x')).message).toContain(
      'on this resource because the resource does not exist in this Region',
    );
    expect(
      kms.denied(
        denial('no-identity-allow', false, 'because no identity-based policy allows the kms:Decrypt action'),
      ).message,
    ).toContain('on resource: arn:aws:kms');
  });
});

describe('a malformed request', () => {
  // spec: KMS-VALID-1
  test.each([
    [
      'GenerateRandom',
      { NumberOfBytes: 0 },
      "1 validation error detected: Value '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'GenerateRandom',
      { NumberOfBytes: 1025 },
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    ],
    ['GenerateRandom', {}, 'NumberOfBytes is required.'],
    [
      'Encrypt',
      { KeyId: 'k', Plaintext: Buffer.alloc(4097) },
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    ],
    [
      'DescribeKey',
      {},
      "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
    ],
    [
      'CreateKey',
      { KeySpec: 'RSA_2048' },
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    ],
    [
      'CreateAlias',
      { AliasName: 'config', TargetKeyId: 'k' },
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
  ] as const)('%s %j is refused in the words of KMS', async (name, input, message) => {
    const { call } = kmsOf();
    await expect(call(name, input)).rejects.toEqual(error('ValidationException', message));
  });

  // spec: KMS-CREATE-1
  test('tags that repeat, are reserved or are too many are refused', async () => {
    const { newKey } = kmsOf();
    const tags = (...keysOf: string[]) => ({ Tags: keysOf.map((TagKey) => ({ TagKey, TagValue: 'v' })) });
    await expect(newKey(tags('a', 'a'))).rejects.toEqual(error('TagException', 'Duplicate tag keys'));
    await expect(newKey(tags('aws:a'))).rejects.toEqual(
      error('TagException', 'Tags beginning with aws: are reserved'),
    );
    await expect(newKey(tags(...Array.from({ length: 51 }, (_, i) => `t${i}`)))).rejects.toEqual(
      error('TagException', 'Too many tags'),
    );
  });

  // spec: KMS-ORDER-1
  test('a dry run of what would work says so, and one on a disabled key says that it is disabled', async () => {
    const { call, newKey } = kmsOf();
    const KeyId = await newKey();
    const request = { KeyId, KeySpec: 'AES_256', DryRun: true };
    await expect(call('GenerateDataKey', request)).rejects.toEqual(error('DryRunOperationException'));
    await call('DisableKey', { KeyId });
    await expect(call('GenerateDataKey', request)).rejects.toEqual(error('DisabledException'));
  });
});

describe('lists', () => {
  // spec: KMS-LIST-1
  test('go on after the marker and refuse one that was never given', async () => {
    const { call, newKey } = kmsOf();
    const made = new Set([await newKey(), await newKey(), await newKey()]);
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await call<{ Keys: { KeyArn: string }[]; NextMarker?: string; Truncated: boolean }>(
        'ListKeys',
        {
          Limit: 1,
          Marker,
        },
      );
      seen.push(...page.Keys.map((key) => key.KeyArn));
      expect(page.Truncated).toBe(page.NextMarker !== undefined);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(new Set(seen)).toEqual(made);
    expect(seen).toHaveLength(3);
    await expect(call('ListKeys', { Marker: 'nonsense' })).rejects.toEqual(error('InvalidMarkerException'));
  });
});

describe('wrapped material', () => {
  // spec: KMS-CIPHER-4
  test('is unwrapped once, however often the key is used', async () => {
    let unwrapped = 0;
    const keyring = new Keyring({
      wrap: (material) => Uint8Array.from(material),
      unwrap: (wrapped) => {
        unwrapped++;
        return Uint8Array.from(wrapped);
      },
    });
    const material = keyring.seal('arn', 'm', new Uint8Array(32));
    const { records, newKey } = kmsOf();
    const stored = await records.get(keys, await newKey());
    if (stored === null) throw new Error('no key');
    const key = { ...stored.value, arn: 'arn', materials: [material] };
    for (let i = 0; i < 3; i++) expect(keyring.materialOf(key, 'm')).not.toBeNull();
    expect(unwrapped).toBe(1);
    expect(keyring.materialOf(key, 'other')).toBeNull();
  });
});
