/**
 * Signature Version 4: reading what a request claims, and verifying it.
 * Faults are data; `auth-errors.ts` turns them into the words of each protocol.
 * spec: WIRE-SIGN-1, WIRE-SIGN-5, WIRE-SIGN-6
 */
import { createHmac, createSecretKey, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { canonicalRequest } from './canonical-request.ts';
import type { PathSigning } from './canonical-request.ts';
import type { HttpHead } from './http-message.ts';
import { queryParameters } from './query-string.ts';

/** What a signed request says of itself. Nothing of it is verified yet. */
export interface Authorization {
  readonly by: 'header' | 'query';
  readonly accessKeyId: string;
  /** `20260701`, of the credential scope. */
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** As given, in hexadecimal. */
  readonly signature: string;
  /** `20260701T120000Z`. */
  readonly signedAt: string;
  readonly signedAtMillis: number;
  /** Of a presigned URL. */
  readonly expiresSeconds: number | null;
  readonly sessionToken: string | null;
}

/** Why a request is not let in. `auth-errors.ts` has the code, the status and the words for each. */
export type AuthFault =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'signature-version-2' }
  | { readonly kind: 'mechanism-unsupported' }
  | { readonly kind: 'header-incomplete'; readonly missing: readonly string[]; readonly header: string }
  | { readonly kind: 'credential-malformed'; readonly credential: string }
  | { readonly kind: 'date-missing' }
  | { readonly kind: 'date-mismatch'; readonly scopeDate: string; readonly signedAt: string }
  | { readonly kind: 'region-malformed'; readonly region: string }
  | { readonly kind: 'wrong-service'; readonly found: string; readonly expected: string }
  | { readonly kind: 'query-incomplete' }
  | { readonly kind: 'query-credential-malformed' }
  | { readonly kind: 'query-expires'; readonly fault: 'not-a-number' | 'negative' | 'too-long' }
  | { readonly kind: 'unknown-key'; readonly accessKeyId: string }
  | { readonly kind: 'token-mismatch'; readonly accessKeyId: string; readonly token: string | null }
  | { readonly kind: 'token-expired'; readonly token: string }
  | { readonly kind: 'too-old' | 'too-new'; readonly signedAt: string; readonly nowMillis: number }
  | {
      readonly kind: 'presigned-expired';
      readonly expiresSeconds: number;
      readonly expiredAtMillis: number;
      readonly nowMillis: number;
    }
  | { readonly kind: 'presigned-not-yet'; readonly nowMillis: number }
  | { readonly kind: 'headers-not-signed'; readonly names: readonly string[] }
  | { readonly kind: 'payload-hash-missing' }
  | { readonly kind: 'payload-hash-malformed'; readonly value: string }
  | {
      readonly kind: 'signature-mismatch';
      readonly accessKeyId: string;
      readonly provided: string;
      readonly stringToSign: string;
      readonly canonicalRequest: string;
    };

export type ReadAuthorization =
  | { readonly outcome: 'signed'; readonly authorization: Authorization }
  | { readonly outcome: 'fault'; readonly fault: AuthFault };

export const algorithm = 'AWS4-HMAC-SHA256';

/** How far the clocks of client and server may be apart. spec: WIRE-SIGN-6 */
export const clockSkewMaxMillis = 15 * 60 * 1000;

/** A presigned URL lives a week at most. */
export const presignedMaxSeconds = 604_800;

/** Reads the Authorization header, else the parameters of a presigned URL. */
export function readAuthorization(request: HttpHead): ReadAuthorization {
  const header = request.headers.get('authorization');
  if (header !== undefined) return readHeader(request, header);
  if (/(^|&)X-Amz-(Algorithm|Signature|Credential)=/.test(request.query)) return readQuery(request);
  // spec: WIRE-SIGN-8
  if (/(^|&)AWSAccessKeyId=/.test(request.query) && /(^|&)Signature=/.test(request.query))
    return fault({ kind: 'signature-version-2' });
  return fault({ kind: 'unsigned' });
}

export interface VerifiedSignature {
  readonly signingKey: KeyObject;
  readonly signature: string;
  readonly scope: string;
}

/**
 * Whether the signature is that of `secretAccessKey` over this request, compared in constant time.
 *
 * @param payloadHash the last line of the canonical request, already checked by the caller
 */
export function verifySignature(
  request: HttpHead,
  authorization: Authorization,
  options: {
    readonly secretAccessKey: string;
    readonly payloadHash: string;
    readonly pathSigning: PathSigning;
  },
): { readonly fault: AuthFault } | { readonly verified: VerifiedSignature } {
  const { signedHeaders, signedAt, accessKeyId, signature } = authorization;
  const canonical = canonicalRequest(request, { signedHeaders, ...options });
  const scope = scopeOf(authorization);
  const stringToSign = stringToSignOf(signedAt, scope, canonical);
  const signingKey = signingKeyOf(options.secretAccessKey, authorization);
  const expected = hmac(signingKey, stringToSign);
  // A signature that leaves the host out could be sent to any server. spec: WIRE-SIGN-5
  if (signedHeaders.includes('host') && equalHex(signature, expected))
    return { verified: { signingKey, signature, scope } };
  const mismatch = { accessKeyId, provided: signature, stringToSign, canonicalRequest: canonical };
  return { fault: { kind: 'signature-mismatch', ...mismatch } };
}

/** The headers of a signed request: for tests, and for the command line's own requests to a server. */
export function signHeaders(
  request: HttpHead,
  options: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
    readonly region: string;
    readonly service: string;
    readonly signedAtMillis: number;
    readonly payloadHash: string;
    readonly pathSigning: PathSigning;
  },
): Readonly<Record<string, string>> {
  const signedAt = amzDate(options.signedAtMillis);
  const added = new Map([['x-amz-date', signedAt]]);
  if (options.sessionToken !== undefined) added.set('x-amz-security-token', options.sessionToken);
  const headers = new Map([...request.headers, ...added]);
  const signedHeaders = [...headers.keys()].sort();
  const names = { scopeDate: signedAt.slice(0, 8), region: options.region, service: options.service };
  const canonical = canonicalRequest({ ...request, headers }, { signedHeaders, ...options });
  const stringToSign = stringToSignOf(signedAt, scopeOf(names), canonical);
  const signature = hmac(signingKeyOf(options.secretAccessKey, names), stringToSign).toString('hex');
  const credential = `${options.accessKeyId}/${scopeOf(names)}`;
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...Object.fromEntries(added), authorization };
}

/** `20260701T120000Z` */
export function amzDate(millis: number): string {
  return new Date(millis).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
}

export function hmac(key: KeyObject | Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'latin1').digest();
}

/** Compares a signature in hexadecimal with the bytes that it should be, in a time that does not tell where they differ. */
export function equalHex(given: string, expected: Buffer): boolean {
  return /^[0-9a-f]{64}$/.test(given) && timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

interface ScopeNames {
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
}

function scopeOf({ scopeDate, region, service }: ScopeNames): string {
  return `${scopeDate}/${region}/${service}/aws4_request`;
}

function stringToSignOf(signedAt: string, scope: string, canonical: string): string {
  return `${algorithm}\n${signedAt}\n${scope}\n${sha256Hex(canonical)}`;
}

/**
 * Signing keys by secret and scope: a client signs with one of them all day, and deriving it costs four HMACs.
 * Key objects, since Node takes four times as long to start an HMAC from bytes.
 */
const signingKeys = new Map<string, KeyObject>();
const signingKeysMaxCount = 1_000;

function signingKeyOf(secretAccessKey: string, { scopeDate, region, service }: ScopeNames): KeyObject {
  const name = [scopeDate, region, service, secretAccessKey].join('/');
  const kept = signingKeys.get(name);
  if (kept) return kept;
  // The secret is the user's text, not wire bytes.
  const dateKey = createHmac('sha256', `AWS4${secretAccessKey}`).update(scopeDate, 'latin1').digest();
  const key = createSecretKey(hmac(hmac(hmac(dateKey, region), service), 'aws4_request'));
  if (signingKeys.size >= signingKeysMaxCount) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function readHeader(request: HttpHead, header: string): ReadAuthorization {
  if (/^AWS\s/.test(header)) return fault({ kind: 'signature-version-2' });
  if (!header.startsWith(algorithm))
    return fault(
      header.startsWith('AWS4-')
        ? { kind: 'mechanism-unsupported' }
        : { kind: 'header-incomplete', missing: ['Credential', 'Signature', 'SignedHeaders'], header },
    );
  const parts = new Map<string, string>();
  for (const part of header.slice(algorithm.length).split(',')) {
    const equals = part.indexOf('=');
    if (equals !== -1) parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const names = ['Credential', 'Signature', 'SignedHeaders'];
  const missing = names.filter((name) => !parts.get(name));
  if (missing.length > 0) return fault({ kind: 'header-incomplete', missing, header });
  const credential = parts.get('Credential') ?? '';
  const names5 = readCredential(credential);
  if (!names5) return fault({ kind: 'credential-malformed', credential });
  const date = readDate(request);
  if (!date) return fault({ kind: 'date-missing' });
  if (date.signedAt.slice(0, 8) !== names5.scopeDate)
    return fault({ kind: 'date-mismatch', scopeDate: names5.scopeDate, signedAt: date.signedAt });
  if (!isRegion(names5.region)) return fault({ kind: 'region-malformed', region: names5.region });
  return {
    outcome: 'signed',
    authorization: {
      by: 'header',
      ...names5,
      ...date,
      signedHeaders: signedHeaderNames(parts.get('SignedHeaders') ?? ''),
      signature: parts.get('Signature') ?? '',
      expiresSeconds: null,
      sessionToken: request.headers.get('x-amz-security-token') ?? null,
    },
  };
}

function readQuery(request: HttpHead): ReadAuthorization {
  const parameters = queryParameters(request.query);
  const parameter = (name: string): string => parameters.get(`X-Amz-${name}`) ?? '';
  const needed = ['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires'];
  if (needed.some((name) => !parameters.has(`X-Amz-${name}`))) return fault({ kind: 'query-incomplete' });
  if (parameter('Algorithm') !== algorithm) return fault({ kind: 'mechanism-unsupported' });
  const names5 = readCredential(parameter('Credential'));
  if (!names5) return fault({ kind: 'query-credential-malformed' });
  const expires = parameter('Expires');
  if (!/^-?\d+$/.test(expires)) return fault({ kind: 'query-expires', fault: 'not-a-number' });
  const expiresSeconds = Number(expires);
  if (expiresSeconds < 0) return fault({ kind: 'query-expires', fault: 'negative' });
  if (expiresSeconds > presignedMaxSeconds) return fault({ kind: 'query-expires', fault: 'too-long' });
  const signedAtMillis = parseAmzDate(parameter('Date'));
  if (signedAtMillis === null) return fault({ kind: 'query-incomplete' });
  if (parameter('Date').slice(0, 8) !== names5.scopeDate)
    return fault({ kind: 'date-mismatch', scopeDate: names5.scopeDate, signedAt: parameter('Date') });
  if (!isRegion(names5.region)) return fault({ kind: 'region-malformed', region: names5.region });
  return {
    outcome: 'signed',
    authorization: {
      by: 'query',
      ...names5,
      signedAt: parameter('Date'),
      signedAtMillis,
      signedHeaders: signedHeaderNames(parameter('SignedHeaders')),
      signature: parameter('Signature'),
      expiresSeconds,
      sessionToken: parameters.get('X-Amz-Security-Token') ?? null,
    },
  };
}

function readCredential(text: string): (ScopeNames & { readonly accessKeyId: string }) | null {
  const parts = text.split('/');
  if (parts.length < 5) return null;
  // An access key ID of our own may hold a slash no more than AWS's does; what is before the scope is the ID.
  const [scopeDate, region, service, end] = parts.slice(-4) as [string, string, string, string];
  const accessKeyId = parts.slice(0, -4).join('/');
  return accessKeyId !== '' && /^\d{8}$/.test(scopeDate) && service !== '' && end === 'aws4_request'
    ? { accessKeyId, scopeDate, region, service }
    : null;
}

/** `x-amz-date`, else `Date`. spec: WIRE-SIGN-5 */
function readDate(request: HttpHead): { readonly signedAt: string; readonly signedAtMillis: number } | null {
  const own = request.headers.get('x-amz-date');
  if (own !== undefined) {
    const millis = parseAmzDate(own);
    return millis === null ? null : { signedAt: own, signedAtMillis: millis };
  }
  const text = request.headers.get('date') ?? '';
  const millis = parseAmzDate(text) ?? Date.parse(text);
  return Number.isNaN(millis) ? null : { signedAt: amzDate(millis), signedAtMillis: millis };
}

function parseAmzDate(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match;
  const millis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(millis) ? null : millis;
}

function signedHeaderNames(text: string): readonly string[] {
  return text
    .split(';')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

/** A Region's form; which Regions exist is not the signature's business. */
function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

function fault(value: AuthFault): ReadAuthorization {
  return { outcome: 'fault', fault: value };
}
