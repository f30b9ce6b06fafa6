/** Everything about a request that can grow, with its limit. spec: SRV-LIMIT-1, SRV-LIMIT-2 */
import { failureError } from '../protocol/failure-errors.ts';
import type { ProtocolDeclaration } from '../protocol/declaration.ts';
import type { HttpHead } from '../protocol/http-message.ts';
import { payloadErrors } from '../protocol/payload-errors.ts';
import { AwsError } from '../services/aws-error.ts';

/** Path and query together. A key has 1,024 bytes, each of which may take three when encoded. */
export const targetMaxBytes = 16 * 1024;
/** All header lines together; S3 alone allows 2 KiB of metadata. */
export const headMaxBytes = 32 * 1024;
/** Bodies that are read whole before the operation runs: all but objects. */
export const bufferedBodyMaxBytes = 8 * 1024 * 1024;
/** An object in one request. spec: SRV-LIMIT-2 */
export const objectMaxBytes = 5 * 1024 * 1024 * 1024;
/** Calls within calls: S3 that calls KMS is two. More than this is a circle. */
export const invocationMaxDepth = 8;

/** @throws {AwsError} the head alone is too large */
export function assertWithinLimits(head: HttpHead): void {
  if (head.path.length + head.query.length > targetMaxBytes)
    throw new AwsError(targetTooLong, targetTooLong.text);
  const declared = Number(head.headers.get('content-length') ?? 0);
  if (declared > objectMaxBytes)
    throw payloadErrors.entityTooLarge(
      {},
      { ProposedSize: String(declared), MaxSizeAllowed: String(objectMaxBytes) },
    );
}

const targetTooLong = {
  code: 'RequestURITooLong',
  status: 414,
  text: 'The request URI is too long.',
  wording: 'ours',
} as const;

/**
 * The bytes of a body that is needed whole.
 *
 * @throws {AwsError} it is larger than any such body of AWS's
 */
export async function readWhole(
  body: AsyncIterable<Uint8Array>,
  contentBytes: number | null,
  kind: ProtocolDeclaration['kind'],
): Promise<Uint8Array> {
  // What says that it is too large is not read at all.
  if (contentBytes !== null && contentBytes > bufferedBodyMaxBytes) throw failureError(kind, 'too-large');
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > bufferedBodyMaxBytes) throw failureError(kind, 'too-large');
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
