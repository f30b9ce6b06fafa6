/**
 * The condition keys of S3 that every request has from the way it came.
 * spec: S3-CTX-3, S3-CTX-4, S3-CTX-5, S3-CTX-6
 */
import { absent, present, unknownValue } from '../../policy/context.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { ContextEntries, RequestArrival } from '../operation.ts';

/** `null`: AWS Config's own, as the delivery plan has them. spec: DLV-CTX-8 */
export function arrivalContext(arrival: RequestArrival | null): ContextEntries {
  if (arrival === null) return ofAwsConfig;
  const { signature, tlsVersion } = arrival;
  return [
    ['s3:TlsVersion', present(tlsVersion)],
    ['s3:authType', signature === null ? absent : present(authTypes[signature.by])],
    ['s3:signatureversion', signature === null ? absent : present(signature.algorithm)],
    ['s3:signatureAge', signature === null ? absent : present(String(signature.ageMillis))],
    ['s3:x-amz-content-sha256', payloadHash(arrival)],
  ];
}

const authTypes = { header: 'REST-HEADER', query: 'REST-QUERY-STRING' } as const;

function payloadHash({ signature, payloadHash: inHeader }: RequestArrival): ContextValue {
  if (inHeader !== null) return present(inHeader);
  return signature?.by === 'query'
    ? unknownValue('AWS does not document what a presigned request without the header populates')
    : absent;
}

const ofAwsConfig: ContextEntries = [
  ['s3:TlsVersion', unknownValue('the TLS version of AWS Config is not documented')],
  ['s3:authType', present('REST-HEADER')],
  ['s3:signatureversion', present('AWS4-HMAC-SHA256')],
  ['s3:signatureAge', unknownValue('it depends on the moment')],
  ['s3:x-amz-content-sha256', unknownValue('whether AWS Config signs payloads is not documented')],
];
