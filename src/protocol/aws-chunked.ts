/**
 * Bodies in the `aws-chunked` encoding: chunks that may be signed, then trailing headers that may be signed.
 * Bytes are handed on as they come; the stream throws where a signature does not hold, so nothing may be kept
 * before it has ended.
 * spec: WIRE-CHUNK-1, WIRE-CHUNK-2, WIRE-CHUNK-3, WIRE-CHUNK-4
 */
import { createHash, type KeyObject } from 'node:crypto';
import { ByteReader } from './byte-reader.ts';
import { payloadErrors } from './payload-errors.ts';
import { equalHex, hmac, sha256Hex } from './sigv4.ts';

/** What the signatures of chunks are chained to. */
export interface ChunkSigning {
  readonly signingKey: KeyObject;
  /** The signature of the request's head. */
  readonly seedSignature: string;
  readonly signedAt: string;
  readonly scope: string;
}

export interface AwsChunkedOptions {
  /** `null`: chunks are not signed. */
  readonly signing: ChunkSigning | null;
  /** Names announced in `x-amz-trailer`, in lower case; `[]`: there is no trailer. */
  readonly announcedTrailers: readonly string[];
  /** `x-amz-decoded-content-length`. */
  readonly decodedBytes: number;
  /** Told once, before the stream ends. */
  readonly onTrailers: (trailers: Readonly<Record<string, string>>) => void;
}

/** A chunk's first line: its size, and its signature where signed. */
const chunkLineMaxBytes = 256;
const trailerLineMaxBytes = 4096;
const trailerMaxLines = 16;
/** Every chunk of a signed stream but the last has at least this size. */
const signedChunkMinBytes = 8192;

const emptyHash = sha256Hex('');

/**
 * The bytes within the chunks.
 *
 * @throws {AwsError} a frame, a signature, the length or the trailer does not hold
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  options: AwsChunkedOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(source);
  try {
    let previous = options.signing?.seedSignature ?? '';
    let decodedBytes = 0;
    let isSmallSeen = false;
    for (;;) {
      const head = readChunkHead(await reader.line(chunkLineMaxBytes), options.signing !== null);
      if (head.bytes > 0 && isSmallSeen && options.signing !== null) throw payloadErrors.chunkTooSmall();
      isSmallSeen ||= head.bytes < signedChunkMinBytes;
      decodedBytes += head.bytes;
      if (decodedBytes > options.decodedBytes) throw payloadErrors.incompleteBody();
      const hash = createHash('sha256');
      for (let left = head.bytes; left > 0;) {
        const bytes = await reader.some(left);
        if (bytes === null) throw payloadErrors.incompleteBody();
        if (options.signing !== null) hash.update(bytes);
        left -= bytes.length;
        yield bytes;
      }
      if (options.signing !== null)
        previous = verifyChunk(options.signing, previous, head.signature, hash.digest('hex'));
      if (head.bytes === 0) break;
      if ((await reader.line(1)) !== '') throw payloadErrors.incompleteBody();
    }
    if (decodedBytes !== options.decodedBytes) throw payloadErrors.incompleteBody();
    options.onTrailers(await readTrailers(reader, previous, options));
  } finally {
    await reader.close();
  }
}

function readChunkHead(
  line: string | null,
  isSigned: boolean,
): { readonly bytes: number; readonly signature: string } {
  const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line ?? '');
  if (!match || (isSigned && match[2] === undefined)) throw payloadErrors.incompleteBody();
  return { bytes: parseInt(match[1] ?? '', 16), signature: match[2] ?? '' };
}

/** Each chunk's signature covers the one before it. spec: WIRE-CHUNK-2 */
function verifyChunk(signing: ChunkSigning, previous: string, given: string, hash: string): string {
  const stringToSign = `AWS4-HMAC-SHA256-PAYLOAD\n${signing.signedAt}\n${signing.scope}\n${previous}\n${emptyHash}\n${hash}`;
  if (!equalHex(given, hmac(signing.signingKey, stringToSign))) throw payloadErrors.chunkMismatch();
  return given;
}

/** spec: WIRE-CHUNK-3 */
async function readTrailers(
  reader: ByteReader,
  previous: string,
  { announcedTrailers, signing }: AwsChunkedOptions,
): Promise<Readonly<Record<string, string>>> {
  const trailers = new Map<string, string>();
  let signature: string | null = null;
  for (let lines = 0; ; lines++) {
    const line = await reader.line(trailerLineMaxBytes);
    if (line === null) break;
    // AWS's own examples put an empty line before the signature of the trailer.
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1 || lines >= trailerMaxLines) throw payloadErrors.malformedTrailer();
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else if (!announcedTrailers.includes(name) || trailers.has(name)) throw payloadErrors.malformedTrailer();
    else trailers.set(name, value);
  }
  if (trailers.size !== announcedTrailers.length) throw payloadErrors.malformedTrailer();
  if (signing !== null && announcedTrailers.length > 0) {
    const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    const stringToSign = `AWS4-HMAC-SHA256-TRAILER\n${signing.signedAt}\n${signing.scope}\n${previous}\n${sha256Hex(canonical)}`;
    if (signature === null) throw payloadErrors.malformedTrailer();
    if (!equalHex(signature, hmac(signing.signingKey, stringToSign))) throw payloadErrors.chunkMismatch();
  }
  return Object.fromEntries(trailers);
}
