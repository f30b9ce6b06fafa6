/** Retention and legal holds. spec: S3-LOCK-1 */
import { s3Errors } from './errors.ts';
import type { BucketRecord, DefaultRetention, ObjectVersion } from './ports.ts';

export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

type Lock = Pick<ObjectVersion, 'retention' | 'isLegalHold'>;

const dayMillis = 24 * 60 * 60 * 1000;

/**
 * How a new version is locked: as the request says, else by the bucket's default.
 *
 * @param hasDigest whether the client sent a digest of the bytes: what is locked must have arrived whole
 * @throws InvalidRequest, InvalidArgument
 */
export function lockOf(input: LockInput, bucket: BucketRecord, nowMillis: number, hasDigest: boolean): Lock {
  const requested = requestedRetention(input, nowMillis);
  const isLegalHold = input.ObjectLockLegalHoldStatus === 'ON';
  if (bucket.objectLock === null) {
    if (requested !== null || input.ObjectLockLegalHoldStatus !== undefined) throw s3Errors.lockMissing();
    return { retention: null, isLegalHold: false };
  }
  const byDefault = bucket.objectLock.defaultRetention;
  const retention = requested ?? (byDefault === null ? null : defaultRetention(byDefault, nowMillis));
  if ((retention !== null || isLegalHold) && !hasDigest) throw s3Errors.lockNeedsDigest();
  return { retention, isLegalHold };
}

export function isLockMode(text: string | undefined): text is 'GOVERNANCE' | 'COMPLIANCE' {
  return text === 'GOVERNANCE' || text === 'COMPLIANCE';
}

function requestedRetention(input: LockInput, nowMillis: number): ObjectVersion['retention'] {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = input;
  if (mode === undefined && until === undefined) return null;
  if (mode === undefined || until === undefined) throw s3Errors.lockNeedsBoth();
  if (!isLockMode(mode)) throw s3Errors.invalidArgument({ message: 'Unknown wormMode directive.' });
  if (until.getTime() <= nowMillis) throw s3Errors.lockDatePast();
  return { mode, untilMillis: until.getTime() };
}

function defaultRetention({ mode, period }: DefaultRetention, nowMillis: number): ObjectVersion['retention'] {
  if (period.unit === 'days') return { mode, untilMillis: nowMillis + period.count * dayMillis };
  const until = new Date(nowMillis);
  until.setUTCFullYear(until.getUTCFullYear() + period.count);
  return { mode, untilMillis: until.getTime() };
}
