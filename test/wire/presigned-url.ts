/** A presigned URL, as tools hand them out. */
import { canonicalRequest } from '../../src/protocol/canonical-request.ts';
import { algorithm, amzDate, hmac, sha256Hex } from '../../src/protocol/sigv4.ts';

export function presignedUrl(
  endpoint: string,
  of: {
    readonly method: 'GET' | 'PUT';
    readonly path: string;
    readonly region: string;
    readonly key: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly signedAtMillis: number;
    readonly expiresSeconds: number;
  },
): string {
  const { host } = new URL(endpoint);
  const signedAt = amzDate(of.signedAtMillis);
  const scope = `${signedAt.slice(0, 8)}/${of.region}/s3/aws4_request`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': `${of.key.accessKeyId}/${scope}`,
    'X-Amz-Date': signedAt,
    'X-Amz-Expires': String(of.expiresSeconds),
    'X-Amz-SignedHeaders': 'host',
  }).toString();
  const canonical = canonicalRequest(
    { method: of.method, path: of.path, query, headers: new Map([['host', host]]) },
    { signedHeaders: ['host'], payloadHash: 'UNSIGNED-PAYLOAD', pathSigning: 'as-received' },
  );
  const signingKey = [of.region, 's3', 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${of.key.secretAccessKey}`, signedAt.slice(0, 8)),
  );
  const signature = hmac(signingKey, `${algorithm}\n${signedAt}\n${scope}\n${sha256Hex(canonical)}`).toString(
    'hex',
  );
  return `${endpoint}${of.path}?${query}&X-Amz-Signature=${signature}`;
}
