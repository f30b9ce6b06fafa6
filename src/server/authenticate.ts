/**
 * Who signed this request: the credentials behind its access key ID, and whether the signature is theirs.
 * spec: SRV-AUTHN-1, SRV-AUTHN-2, WIRE-SIGN-5, WIRE-SIGN-6, WIRE-SIGN-7
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { AccountId } from '../aws/account-id.ts';
import type { ChunkSigning } from '../protocol/aws-chunked.ts';
import type { HttpHead } from '../protocol/http-message.ts';
import { parsePayloadHash } from '../protocol/payload.ts';
import type { PayloadHash } from '../protocol/payload.ts';
import { queryParameters } from '../protocol/query-string.ts';
import { clockSkewMaxMillis, sha256Hex, verifySignature } from '../protocol/sigv4.ts';
import type { Authorization, AuthFault, ReadAuthorization } from '../protocol/sigv4.ts';
import type { Caller } from '../services/operation.ts';
import type { Credentials, FoundCredential } from './ports.ts';

export interface SignedRequest {
  readonly head: HttpHead;
  readonly authorization: ReadAuthorization;
  /** REST: the head says what the body's hash is. Else it is the hash of the body, which was read. */
  readonly body: Uint8Array | 'hash-in-header';
  /** The operation answers who signs nothing, although its protocol has nobody in particular. */
  readonly isOpenToStrangers?: boolean;
}

export type Authentication =
  | {
      readonly outcome: 'authenticated';
      readonly caller: Caller;
      /** What the head says of the body; `null` where it says nothing. */
      readonly payloadHash: PayloadHash | null;
      readonly chunkSigning: ChunkSigning | null;
    }
  | { readonly outcome: 'refused'; readonly fault: AuthFault };

export interface AuthenticationParts {
  readonly credentials: Credentials;
  /** The server's clock: sessions expire by it. */
  readonly nowMillis: () => number;
  /** The machine's clock: signatures are judged by it. spec: WIRE-SIGN-6 */
  readonly realNowMillis: () => number;
}

export async function authenticateRequest(
  request: SignedRequest,
  parts: AuthenticationParts,
): Promise<Authentication> {
  const { head, authorization: read } = request;
  const isRest = request.body === 'hash-in-header';
  if (read.outcome === 'fault') {
    // Whoever does not sign is nobody in particular; whether nobody may is for the policies. spec: SRV-AUTHN-2
    const isAnybody = isRest || request.isOpenToStrangers === true;
    if (!isAnybody || read.fault.kind !== 'unsigned') return refused(read.fault);
    const payloadHash = parsePayloadHash(head.headers.get('x-amz-content-sha256') ?? '');
    return { outcome: 'authenticated', caller: anonymous, payloadHash, chunkSigning: null };
  }
  const { authorization } = read;
  const credential = await parts.credentials.find(authorization.accessKeyId);
  const fault =
    credentialFault(authorization, credential, parts) ??
    timeFault(authorization, parts.realNowMillis()) ??
    (isRest ? unsignedHeadersFault(head, authorization) : null);
  if (fault) return refused(fault);
  if (credential === null) return refused({ kind: 'unknown-key', accessKeyId: authorization.accessKeyId });
  const hash = payloadHashOf(request, authorization);
  if ('fault' in hash) return refused(hash.fault);
  const result = verifySignature(head, authorization, {
    secretAccessKey: credential.secretAccessKey,
    payloadHash: hash.text,
    pathSigning: isRest ? 'as-received' : 'normalised',
  });
  if ('fault' in result) return refused(result.fault);
  const { signingKey, signature, scope } = result.verified;
  return {
    outcome: 'authenticated',
    caller: credential.caller,
    payloadHash: hash.meaning,
    chunkSigning: { signingKey, seedSignature: signature, signedAt: authorization.signedAt, scope },
  };
}

/**
 * Nobody in particular. No twelve digits will do for an account: whichever they were, it could be somebody's, and a
 * stranger must never pass for an owner.
 */
const anonymous: Caller = {
  principal: { kind: 'anonymous' },
  account: 'anonymous' as AccountId,
  sessionPolicies: null,
  context: [],
  forwardedBy: null,
  userId: null,
  accessKeyId: null,
};

function credentialFault(
  { accessKeyId, sessionToken }: Authorization,
  credential: FoundCredential | null,
  { nowMillis }: AuthenticationParts,
): AuthFault | null {
  if (credential === null) return { kind: 'unknown-key', accessKeyId };
  // spec: WIRE-SIGN-7
  if (!isSameText(credential.sessionToken, sessionToken))
    return { kind: 'token-mismatch', accessKeyId, token: sessionToken };
  if (credential.expiresAtMillis !== null && nowMillis() >= credential.expiresAtMillis)
    return { kind: 'token-expired', token: sessionToken ?? '' };
  return null;
}

/** spec: WIRE-SIGN-6 */
function timeFault(authorization: Authorization, nowMillis: number): AuthFault | null {
  const { signedAt, signedAtMillis, expiresSeconds } = authorization;
  if (expiresSeconds !== null) {
    const expiredAtMillis = signedAtMillis + expiresSeconds * 1000;
    if (nowMillis > expiredAtMillis)
      return { kind: 'presigned-expired', expiresSeconds, expiredAtMillis, nowMillis };
    return signedAtMillis > nowMillis + clockSkewMaxMillis ? { kind: 'presigned-not-yet', nowMillis } : null;
  }
  if (signedAtMillis < nowMillis - clockSkewMaxMillis) return { kind: 'too-old', signedAt, nowMillis };
  if (signedAtMillis > nowMillis + clockSkewMaxMillis) return { kind: 'too-new', signedAt, nowMillis };
  return null;
}

/** A header that is not signed could have been added on the way. spec: WIRE-SIGN-5 */
function unsignedHeadersFault({ headers }: HttpHead, { signedHeaders }: Authorization): AuthFault | null {
  const names: string[] = [];
  for (const name of headers.keys())
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) names.push(name);
  return names.length > 0 ? { kind: 'headers-not-signed', names } : null;
}

function payloadHashOf(
  { head, body }: SignedRequest,
  { by }: Authorization,
): { readonly text: string; readonly meaning: PayloadHash | null } | { readonly fault: AuthFault } {
  const inHeader = head.headers.get('x-amz-content-sha256');
  if (body !== 'hash-in-header') return { text: sha256Hex(body), meaning: null };
  const text =
    inHeader ??
    (by === 'query'
      ? (queryParameters(head.query).get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD')
      : undefined);
  if (text === undefined) return { fault: { kind: 'payload-hash-missing' } };
  const meaning = parsePayloadHash(text);
  return meaning ? { text, meaning } : { fault: { kind: 'payload-hash-malformed', value: text } };
}

/** Compares texts of any length without telling where they differ. */
function isSameText(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(a), digest(b));
}

function refused(fault: AuthFault): Authentication {
  return { outcome: 'refused', fault };
}
