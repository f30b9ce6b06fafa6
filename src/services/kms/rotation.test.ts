import { describe, expect, test } from 'vitest';
import { memoryKms, refusal } from '../../../test/services/memory-kms.ts';

const dayMillis = 86_400_000;

interface Rotations {
  readonly Rotations: readonly { readonly RotationType?: string; readonly KeyMaterialState: string }[];
  readonly NextMarker?: string;
}

async function rotatingKey(RotationPeriodInDays?: number) {
  const kms = memoryKms();
  const KeyId = await kms.newKey();
  await kms.call('EnableKeyRotation', { KeyId, RotationPeriodInDays });
  const list = async (more: object = {}) =>
    (await kms.call<Rotations>('ListKeyRotations', { KeyId, ...more })).Rotations;
  const encrypt = async () =>
    (await kms.call<{ CiphertextBlob: Buffer }>('Encrypt', { KeyId, Plaintext: Buffer.from('old') }))
      .CiphertextBlob;
  const materialOf = async (CiphertextBlob: Buffer) =>
    (await kms.call<{ KeyMaterialId: string }>('Decrypt', { CiphertextBlob })).KeyMaterialId;
  return { ...kms, KeyId, list, encrypt, materialOf };
}

describe('a key that rotates', () => {
  // spec: KMS-ROTATE-1, KMS-ROTATE-3
  test('on demand encrypts with new material and opens what the old one made', async () => {
    const { call, KeyId, list, encrypt, materialOf } = await rotatingKey();
    const old = await encrypt();
    await call('RotateKeyOnDemand', { KeyId });
    const fresh = await encrypt();
    expect(await materialOf(old)).not.toBe(await materialOf(fresh));
    expect(await list()).toMatchObject([{ RotationType: 'ON_DEMAND', KeyMaterialState: 'CURRENT' }]);
    expect(await list({ IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).toMatchObject([
      { KeyMaterialState: 'NON_CURRENT' },
      { KeyMaterialState: 'CURRENT' },
    ]);
  });

  // spec: KMS-ROTATE-2
  test('by itself does so each time its period is over, and not a moment before', async () => {
    const { call, KeyId, world, list, encrypt, materialOf } = await rotatingKey(90);
    const old = await encrypt();
    world.advanceClock(90 * dayMillis - 60_000);
    expect(await list()).toHaveLength(0);
    world.advanceClock(60_000);
    expect(await list()).toMatchObject([{ RotationType: 'AUTOMATIC' }]);
    world.advanceClock(180 * dayMillis);
    expect(await materialOf(await encrypt())).not.toBe(await materialOf(old));
    expect(await list()).toHaveLength(3);
    await call('DisableKeyRotation', { KeyId });
    world.advanceClock(180 * dayMillis);
    expect(await list()).toHaveLength(3);
  });

  // spec: KMS-ROTATE-2
  test('waits while it is disabled, and then rotates once', async () => {
    const { call, KeyId, world, list } = await rotatingKey(90);
    await call('DisableKey', { KeyId });
    world.advanceClock(400 * dayMillis);
    expect(await list()).toHaveLength(0);
    await call('EnableKey', { KeyId });
    expect(await list()).toHaveLength(1);
  });

  // spec: KMS-ROTATE-1, KMS-ROTATE-2, KMS-ROTATE-4
  test('says when: after the period that was set last, a year unless it was told', async () => {
    const { call, KeyId, world } = await rotatingKey();
    const status = () => call<{ NextRotationDate: Date }>('GetKeyRotationStatus', { KeyId });
    expect(await status()).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    await call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 2560 });
    const { NextRotationDate } = await status();
    expect(Math.round((NextRotationDate.getTime() - world.nowMillis()) / dayMillis)).toBe(2560);
    await call('ScheduleKeyDeletion', { KeyId });
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
  });

  // spec: KMS-ROTATE-3
  test('on demand does so 25 times', async () => {
    const { call, KeyId, list } = await rotatingKey();
    for (let count = 0; count < 25; count++) await call('RotateKeyOnDemand', { KeyId });
    await expect(call('RotateKeyOnDemand', { KeyId })).rejects.toEqual(
      refusal(
        'LimitExceededException',
        `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${KeyId}`,
      ),
    );
    const first = await call<Rotations>('ListKeyRotations', { KeyId, Limit: 20 });
    expect(await list({ Marker: first.NextMarker })).toHaveLength(5);
  });

  // spec: KMS-ROTATE-1
  test('is symmetric, and its period is at least 90 days', async () => {
    const { call, newKey } = memoryKms();
    const KeyId = await newKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (const name of [
      'EnableKeyRotation',
      'DisableKeyRotation',
      'GetKeyRotationStatus',
      'RotateKeyOnDemand',
    ])
      await expect(call(name, { KeyId })).rejects.toEqual(refusal('UnsupportedOperationException'));
    await expect(call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 89 })).rejects.toEqual(
      refusal('ValidationException'),
    );
  });
});
