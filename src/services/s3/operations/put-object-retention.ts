import type { PutObjectRetentionOutput, PutObjectRetentionRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { changeVersion } from '../change-version.ts';
import { s3Errors } from '../errors.ts';
import { isLockMode } from '../object-lock.ts';
import { objectPermission } from '../permission.ts';
import type { ObjectVersion, S3Ports } from '../ports.ts';
import { assertReadInput, namedKey, resolveRead, type ReadResources } from '../read-operation.ts';

/** Retention may be made longer by whoever may set it, and shorter only as it may be bypassed. spec: S3-LOCK-4 */
export const putObjectRetention = operation<
  PutObjectRetentionRequest,
  PutObjectRetentionOutput,
  S3Ports,
  ReadResources
>({
  name: 'PutObjectRetention',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: (input, { bucket: { value: bucket } }, context) =>
    [
      's3:PutObjectRetention',
      ...(input.BypassGovernanceRetention === true ? ['s3:BypassGovernanceRetention'] : []),
    ].map((action) => objectPermission(action, bucket, input.Key ?? '', context)),
  async operate(input, { bucket, found }, context) {
    if (bucket.value.objectLock === null) throw s3Errors.lockMissing();
    const next = retentionOf(input, context.nowMillis());
    await changeVersion(found, bucket, namedKey(input), context, (version) => {
      assertChange(version.retention, next, input.BypassGovernanceRetention === true, context.nowMillis());
      return { ...version, retention: next };
    });
    return {};
  },
});

function retentionOf(
  { Retention: retention }: PutObjectRetentionRequest,
  nowMillis: number,
): ObjectVersion['retention'] {
  const { Mode: mode, RetainUntilDate: until } = retention ?? {};
  if (mode === undefined && until === undefined) return null;
  if (!isLockMode(mode) || until === undefined) throw s3Errors.malformedXml();
  if (until.getTime() <= nowMillis) throw s3Errors.lockDatePast();
  return { mode, untilMillis: until.getTime() };
}

function assertChange(
  current: ObjectVersion['retention'],
  next: ObjectVersion['retention'],
  bypassesGovernance: boolean,
  nowMillis: number,
): void {
  if (current === null || current.untilMillis <= nowMillis) return;
  const isTightening =
    next !== null &&
    next.untilMillis >= current.untilMillis &&
    (next.mode === current.mode || next.mode === 'COMPLIANCE');
  if (isTightening || (current.mode === 'GOVERNANCE' && bypassesGovernance)) return;
  throw s3Errors.objectLocked();
}
