/**
 * What a client said about the bytes it sends, held against what came.
 * spec: S3-SUM-2, S3-SUM-3, S3-SUM-4
 */
import { createHash } from 'node:crypto';
import type { Payload } from '../operation.ts';
import { checksumBytes, checksumNames, newChecksum, type RunningChecksum } from './checksums/checksum.ts';
import { s3Errors } from './errors.ts';
import type { ChecksumName } from './ports.ts';

export const objectMaxBytes = 5 * 1024 ** 3;

/** The members of an upload that speak of its bytes. */
export interface DigestInput {
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

export interface Digested {
  readonly sizeBytes: number;
  /** `null` where nobody asked for it. */
  readonly md5: Uint8Array | null;
  readonly checksum: { readonly algorithm: ChecksumName; readonly value: string };
}

export interface DigestingStream {
  /** The payload's bytes; ends with an error where they are not what the client said. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Known when the stream has ended well. */
  digested(): Digested;
}

interface ExpectedChecksum {
  readonly algorithm: ChecksumName;
  /** `null`: comes in the trailer. */
  readonly value: string | null;
}

/**
 * The payload, watched while it passes.
 *
 * @param wants `md5`: whether the MD5 is needed even if the client sent none; `checksum`: the algorithm where the client names none
 * @throws InvalidDigest, InvalidRequest the headers contradict each other or are not of their form
 */
export function digestingStream(
  input: DigestInput,
  payload: Payload,
  wants: { readonly md5: boolean; readonly checksum: ChecksumName },
): DigestingStream {
  const expectedMd5 = input.ContentMD5 === undefined ? null : parseMd5(input.ContentMD5);
  const expected = expectedChecksum(input, payload.announcedTrailers);
  const algorithm = expected?.algorithm ?? wants.checksum;
  let digested: Digested | null = null;
  return {
    stream: watched(),
    digested() {
      if (digested === null) throw new Error('the payload has not been read to its end');
      return digested;
    },
  };

  async function* watched(): AsyncGenerator<Uint8Array, void, undefined> {
    if ((payload.contentBytes ?? 0) > objectMaxBytes) throw tooLarge(payload.contentBytes ?? 0);
    const md5 = wants.md5 || expectedMd5 !== null ? createHash('md5') : null;
    const checksum: RunningChecksum = newChecksum(algorithm);
    let sizeBytes = 0;
    for await (const bytes of payload.stream) {
      sizeBytes += bytes.length;
      if (sizeBytes > objectMaxBytes) throw tooLarge(sizeBytes);
      md5?.update(bytes);
      checksum.update(bytes);
      yield bytes;
    }
    const md5Value = md5?.digest() ?? null;
    assertMd5(expectedMd5, md5Value);
    const value = Buffer.from(checksum.digest()).toString('base64');
    assertChecksum(expected, value, payload.trailers());
    digested = { sizeBytes, md5: md5Value, checksum: { algorithm, value } };
  }
}

/** Whether the client sends a digest of any kind. */
export function hasDigest(input: DigestInput, payload: Payload | null): boolean {
  return (
    input.ContentMD5 !== undefined ||
    checksumNames.some((name) => input[memberOf(name)] !== undefined) ||
    (payload?.announcedTrailers ?? []).some((name) => name.startsWith(headerPrefix))
  );
}

/** The member of a request or answer that carries this checksum. */
export function checksumMember(
  checksum: { readonly algorithm: ChecksumName; readonly value: string } | null,
): Partial<Record<ReturnType<typeof memberOf>, string>> {
  return checksum === null ? {} : { [memberOf(checksum.algorithm)]: checksum.value };
}

/** @throws InvalidRequest S3 has no such checksum */
export function parseChecksumName(text: string): ChecksumName {
  const name = checksumNames.find((known) => known === text.toUpperCase());
  if (name === undefined) throw s3Errors.checksumUnsupported();
  return name;
}

const headerPrefix = 'x-amz-checksum-';

function memberOf<Name extends ChecksumName>(name: Name): `Checksum${Name}` {
  return `Checksum${name}`;
}

function expectedChecksum(input: DigestInput, trailers: readonly string[]): ExpectedChecksum | null {
  const sent: ExpectedChecksum[] = checksumNames.flatMap((algorithm) => {
    const value = input[memberOf(algorithm)];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  for (const trailer of trailers) {
    if (trailer.startsWith(headerPrefix))
      sent.push({ algorithm: parseChecksumName(trailer.slice(headerPrefix.length)), value: null });
  }
  if (sent.length > 1) throw s3Errors.severalChecksums();
  const [only = null] = sent;
  if (input.ChecksumAlgorithm !== undefined) {
    const named = parseChecksumName(input.ChecksumAlgorithm);
    if (only === null) throw s3Errors.checksumMissing();
    if (named !== only.algorithm)
      throw s3Errors.checksumHeaderInvalid({ header: 'x-amz-sdk-checksum-algorithm' });
  }
  if (
    only?.value !== undefined &&
    only.value !== null &&
    !isDigest(only.value, checksumBytes[only.algorithm])
  )
    throw s3Errors.checksumHeaderInvalid({ header: headerOf(only.algorithm) });
  return only;
}

function headerOf(name: ChecksumName): string {
  return `${headerPrefix}${name.toLowerCase()}`;
}

function parseMd5(text: string): Uint8Array {
  if (!isDigest(text, 16)) throw s3Errors.invalidDigest({}, { 'Content-MD5': text });
  return Buffer.from(text, 'base64');
}

function isDigest(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === text;
}

function assertMd5(expected: Uint8Array | null, calculated: Buffer | null): void {
  if (expected === null || calculated === null || calculated.equals(expected)) return;
  throw s3Errors.badMd5(
    {},
    {
      ExpectedDigest: Buffer.from(expected).toString('hex'),
      CalculatedDigest: calculated.toString('base64'),
    },
  );
}

function assertChecksum(
  expected: ExpectedChecksum | null,
  calculated: string,
  trailers: Readonly<Record<string, string>>,
): void {
  if (expected === null) return;
  const header = headerOf(expected.algorithm);
  const value = expected.value ?? trailers[header];
  if (value === undefined) throw s3Errors.malformedTrailer();
  if (!isDigest(value, checksumBytes[expected.algorithm])) throw s3Errors.checksumTrailerInvalid({ header });
  if (value !== calculated) throw s3Errors.badChecksum({ algorithm: expected.algorithm });
}

function tooLarge(sizeBytes: number): Error {
  return s3Errors.entityTooLarge(
    {},
    { ProposedSize: String(sizeBytes), MaxSizeAllowed: String(objectMaxBytes) },
  );
}
