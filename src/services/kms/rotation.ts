/**
 * Rotation: new key material under an old name. What older material encrypted still opens.
 * spec: KMS-ROTATE-1, KMS-ROTATE-2
 */
import type { World } from '../operation.ts';
import { newMaterial } from './new-key.ts';
import type { KeyRecord, KmsPorts, RotationType } from './ports.ts';

type Context = World & { readonly ports: KmsPorts };

export const rotationPeriodDefaultDays = 365;

/** The server's clock may be moved on by centuries: no key catches up on more rotations than this at once. */
const dueRotationsMax = 100;

const dayMillis = 86_400_000;

/** When a key that rotates every `periodDays` rotates after this moment. */
export function nextRotationMillis(nowMillis: number, periodDays: number): number {
  return nowMillis + periodDays * dayMillis;
}

/** The key with fresh material in front. */
export function rotated(key: KeyRecord, type: RotationType, atMillis: number, context: Context): KeyRecord {
  const material = { ...newMaterial(key.arn, context), rotation: { type, atMillis } };
  return { ...key, materials: [...key.materials, material] };
}

/**
 * The key as it is now: with the automatic rotations that have come due since it was stored, or the same object if
 * there are none. A key that is not enabled waits until it is.
 */
export function withDueRotations(key: KeyRecord, context: Context): KeyRecord {
  const nowMillis = context.nowMillis();
  let current = key;
  for (let count = 0; count < dueRotationsMax; count++) {
    const { rotation } = current;
    if (rotation === undefined || rotation.nextAtMillis > nowMillis || current.state !== 'Enabled') break;
    const atMillis = rotation.nextAtMillis;
    const nextAtMillis = nextRotationMillis(atMillis, rotation.periodDays);
    current = {
      ...rotated(current, 'AUTOMATIC', atMillis, context),
      rotation: { ...rotation, nextAtMillis },
    };
  }
  return current;
}

/** A key that is enabled again: a rotation that came due meanwhile happens now, once. */
export function withRotationResumed(key: KeyRecord, nowMillis: number): KeyRecord {
  const { rotation } = key;
  if (rotation === undefined || rotation.nextAtMillis > nowMillis) return key;
  return { ...key, rotation: { ...rotation, nextAtMillis: nowMillis } };
}
