/**
 * Conditional requests: whether what is there is what the client thinks.
 * spec: S3-COND-1, S3-COND-2
 */
import { s3Errors } from './errors.ts';
import type { ObjectVersion, VersionRecord } from './ports.ts';

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** @throws PreconditionFailed, NotModified the object is not to be read under these conditions */
export function assertReadConditions(
  conditions: ReadConditions,
  version: ObjectVersion,
  answered: Record<string, string> = {},
): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matchesEtag(IfMatch, version.etag)) throw failed('If-Match');
  } else if (
    IfUnmodifiedSince !== undefined &&
    seconds(version.lastModifiedMillis) > seconds(IfUnmodifiedSince.getTime())
  ) {
    throw failed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) {
    if (matchesEtag(IfNoneMatch, version.etag)) throw notModified(version, answered);
  } else if (
    IfModifiedSince !== undefined &&
    seconds(version.lastModifiedMillis) <= seconds(IfModifiedSince.getTime())
  ) {
    throw notModified(version, answered);
  }
}

export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** @throws NotImplemented S3 does not take these conditions on a write */
export function assertWriteConditionForm({ IfMatch, IfNoneMatch }: WriteConditions): void {
  if (IfMatch !== undefined && IfNoneMatch !== undefined)
    throw s3Errors.headerNotImplemented(
      {},
      {
        Header: 'If-Match,If-None-Match',
        additionalMessage: 'Multiple conditional request headers present in the request',
      },
    );
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw unsupportedValue('If-None-Match');
  if (IfMatch === '*') throw unsupportedValue('If-Match');
}

/** @throws PreconditionFailed, NoSuchKey what is there now is not what the write expects; a delete marker is nothing */
export function assertWriteConditions(
  { IfMatch, IfNoneMatch }: WriteConditions,
  key: string,
  newest: VersionRecord | null,
): void {
  const object = newest?.kind === 'object' ? newest : null;
  if (IfNoneMatch !== undefined && object !== null) throw failed('If-None-Match');
  if (IfMatch === undefined) return;
  if (object === null) throw s3Errors.noSuchKey({}, { Key: key });
  if (!matchesEtag(IfMatch, object.etag)) throw failed('If-Match');
}

/** Whether one of the entity tags of a header is this one; `*` is any. */
export function matchesEtag(header: string, etag: string): boolean {
  return header
    .split(',')
    .map((tag) =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/^"(.*)"$/, '$1'),
    )
    .some((tag) => tag === '*' || tag === etag);
}

export function quotedEtag(etag: string): string {
  return `"${etag}"`;
}

function failed(condition: string): Error {
  return s3Errors.preconditionFailed({}, { Condition: condition });
}

function notModified(version: ObjectVersion, answered: Record<string, string>): Error {
  const headers = {
    ETag: quotedEtag(version.etag),
    'Last-Modified': new Date(version.lastModifiedMillis).toUTCString(),
    ...answered,
  };
  return s3Errors.notModified({}, {}, headers);
}

function unsupportedValue(header: string): Error {
  return s3Errors.headerNotImplemented(
    {},
    {
      Header: header,
      additionalMessage: `We don't accept the provided value of ${header} header for this API`,
    },
  );
}

/** HTTP dates know whole seconds only. */
function seconds(millis: number): number {
  return Math.floor(millis / 1000);
}
