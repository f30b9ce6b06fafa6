/**
 * The body of a request as an operation gets it: decoded, and verified while it streams.
 * spec: WIRE-BODY-1, WIRE-BODY-2, WIRE-CHUNK-1
 */
import { createHash } from 'node:crypto';
import type { Payload } from '../services/operation.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { ChunkSigning } from './aws-chunked.ts';
import type { Headers } from './http-message.ts';
import { payloadErrors } from './payload-errors.ts';

/** What `x-amz-content-sha256` says about the body. */
export type PayloadHash =
  | { readonly kind: 'hash'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'chunked'; readonly isSigned: boolean; readonly hasTrailer: boolean }
  | { readonly kind: 'unsupported' };

const tokens: Readonly<Record<string, PayloadHash>> = {
  'UNSIGNED-PAYLOAD': { kind: 'unsigned' },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { kind: 'chunked', isSigned: true, hasTrailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { kind: 'chunked', isSigned: true, hasTrailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { kind: 'chunked', isSigned: false, hasTrailer: true },
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD': { kind: 'unsupported' },
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER': { kind: 'unsupported' },
};

/** The header's meaning, or `null` if it has none. */
export function parsePayloadHash(text: string): PayloadHash | null {
  if (/^[0-9a-f]{64}$/.test(text)) return { kind: 'hash', sha256: text };
  return Object.hasOwn(tokens, text) ? (tokens[text] ?? null) : null;
}

/**
 * @param body the bytes of the HTTP message, its transfer encoding already undone
 * @param hash `null`: the request is anonymous, so nothing was promised
 * @throws {AwsError} the headers do not say what they must about such a body
 */
export function payloadOf(
  body: AsyncIterable<Uint8Array>,
  headers: Headers,
  hash: PayloadHash | null,
  signing: ChunkSigning | null,
): Payload {
  if (hash?.kind === 'unsupported')
    throw payloadErrors.notImplementedHeader({}, { Header: 'x-amz-content-sha256' });
  if (hash?.kind === 'chunked') return chunkedPayload(body, headers, hash, signing);
  const contentBytes = lengthHeader(headers, 'content-length');
  const sha256 = hash?.kind === 'hash' ? hash.sha256 : null;
  return {
    stream: verified(body, { contentBytes, sha256 }),
    contentBytes,
    trailers: () => ({}),
    announcedTrailers: [],
  };
}

/** A payload out of bytes at hand, for calls from inside. */
export function payloadOfBytes(bytes: Uint8Array): Payload {
  return {
    stream: (async function* () {
      if (bytes.length > 0) yield bytes;
    })(),
    contentBytes: bytes.length,
    trailers: () => ({}),
    announcedTrailers: [],
  };
}

function chunkedPayload(
  body: AsyncIterable<Uint8Array>,
  headers: Headers,
  hash: { readonly isSigned: boolean; readonly hasTrailer: boolean },
  signing: ChunkSigning | null,
): Payload {
  const decodedBytes = lengthHeader(headers, 'x-amz-decoded-content-length');
  if (decodedBytes === null) throw payloadErrors.missingLength();
  const announcedTrailers = hash.hasTrailer ? trailerNames(headers) : [];
  let trailers: Readonly<Record<string, string>> = {};
  return {
    stream: decodeAwsChunked(body, {
      signing: hash.isSigned ? signing : null,
      announcedTrailers,
      decodedBytes,
      onTrailers: (received) => (trailers = received),
    }),
    contentBytes: decodedBytes,
    trailers: () => trailers,
    announcedTrailers,
  };
}

async function* verified(
  body: AsyncIterable<Uint8Array>,
  { contentBytes, sha256 }: { readonly contentBytes: number | null; readonly sha256: string | null },
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = sha256 === null ? null : createHash('sha256');
  let receivedBytes = 0;
  for await (const bytes of body) {
    receivedBytes += bytes.length;
    hash?.update(bytes);
    yield bytes;
  }
  // spec: WIRE-BODY-2
  if (contentBytes !== null && receivedBytes !== contentBytes) throw payloadErrors.incompleteBody();
  if (hash === null || sha256 === null) return;
  const computed = hash.digest('hex');
  // spec: WIRE-BODY-1
  if (computed !== sha256)
    throw payloadErrors.hashMismatch(
      {},
      { ClientComputedContentSHA256: sha256, S3ComputedContentSHA256: computed },
    );
}

function lengthHeader(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  if (text === undefined || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
}

function trailerNames(headers: Headers): readonly string[] {
  return (headers.get('x-amz-trailer') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}
