/** Which bytes of an object a request is about. spec: S3-RANGE-1 */
import { s3Errors } from './errors.ts';
import type { ObjectVersion } from './ports.ts';

/** From `start` (inclusive) to `end` (exclusive). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface RangeInput {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
}

/**
 * The range that was asked for, or `null` for the whole: also where the header names several ranges or another unit.
 *
 * @throws InvalidRange, InvalidPartNumber, InvalidRequest
 */
export function rangeOf(input: RangeInput, version: ObjectVersion): ByteRange | null {
  if (input.PartNumber !== undefined) {
    if (input.Range !== undefined) throw s3Errors.rangeAndPart();
    return partRange(input.PartNumber, version);
  }
  return input.Range === undefined ? null : parseRange(input.Range, version.sizeBytes);
}

/** `bytes 0-9/100`. */
export function contentRange({ start, end }: ByteRange, sizeBytes: number): string {
  return `bytes ${start}-${end - 1}/${sizeBytes}`;
}

function parseRange(header: string, sizeBytes: number): ByteRange | null {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(header);
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const count = Number(last);
    if (count === 0 || sizeBytes === 0) throw unsatisfiable(header, sizeBytes);
    return { start: Math.max(0, sizeBytes - count), end: sizeBytes };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  if (start >= sizeBytes) throw unsatisfiable(header, sizeBytes);
  return { start, end: last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1) };
}

function partRange(partNumber: number, { parts, sizeBytes }: ObjectVersion): ByteRange | null {
  const list = parts ?? [{ partNumber: 1, sizeBytes }];
  // S3 counts the parts of the finished object from one, whatever numbers they were uploaded under.
  const part = list[partNumber - 1];
  if (part === undefined)
    throw s3Errors.invalidPartNumber(
      {},
      { PartNumberRequested: String(partNumber), ActualPartCount: String(list.length) },
    );
  const start = list.slice(0, partNumber - 1).reduce((sum, before) => sum + before.sizeBytes, 0);
  if (parts === null && sizeBytes === 0) return null;
  return { start, end: start + part.sizeBytes };
}

function unsatisfiable(header: string, sizeBytes: number): Error {
  return s3Errors.invalidRange({}, { RangeRequested: header, ActualObjectSize: String(sizeBytes) });
}
