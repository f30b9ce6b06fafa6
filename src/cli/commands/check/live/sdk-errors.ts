/**
 * What an error of AWS means to somebody who reads: there is none, it is refused, or nothing can be asked at all, said
 * in one sentence.
 */
import { livePermissions, type LiveOperation } from '../../../../setup/inputs/live/live-calls.ts';
import { LiveFault, type LiveAnswer } from '../../../../setup/inputs/live/live-caller.ts';

/** AWS says so where a setting is not set. */
const none: ReadonlySet<string> = new Set([
  'NoSuchBucketPolicy',
  'NoSuchPublicAccessBlockConfiguration',
  'ObjectLockConfigurationNotFoundError',
  'OwnershipControlsNotFoundError',
  'ServerSideEncryptionConfigurationNotFoundError',
  'AWSOrganizationsNotInUseException',
]);

const missing: ReadonlySet<string> = new Set([
  'NoSuchBucket',
  'NoSuchEntity',
  'NoSuchEntityException',
  'NotFound',
  'NotFoundException',
  'ChildNotFoundException',
]);

const refused =
  /^(?:AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|AllAccessDisabled|Forbidden|UnauthorizedOperation|AccessDeniedForDependencyException)$/;

const throttled =
  /^(?:Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceededException|BandwidthLimitExceeded)$/;

const expired = /^(?:ExpiredToken|ExpiredTokenException|RequestExpired)$/;

const rejected =
  /^(?:InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|MissingAuthenticationToken|AuthFailure|OptInRequired)/;

const absentCredentials = /^(?:CredentialsProviderError|TokenProviderError|ProviderError)$/;

const network =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError)$/;

/** @throws {LiveFault} no other call would fare better */
export function answerToError(error: unknown, operation: LiveOperation, profile: string | null): LiveAnswer {
  const { name, code, message, status } = factsOf(error);
  if (none.has(name)) return { kind: 'none' };
  if (missing.has(name)) return { kind: 'missing' };
  if (refused.test(name)) return { kind: 'refused', message };
  const whose = profile === null ? 'the environment' : `the profile \`${profile}\``;
  const login = profile === null ? 'aws sso login' : `aws sso login --profile ${profile}`;
  if (expired.test(name) || /\bexpired\b/i.test(message))
    throw new LiveFault(
      'live-credentials',
      `the credentials of ${whose} have expired`,
      `renew them, for example with \`${login}\``,
    );
  if (absentCredentials.test(name))
    throw new LiveFault(
      'live-credentials',
      `there are no credentials of ${whose}: ${firstLine(message)}`,
      'name a profile with `--profile`, or set what `aws sts get-caller-identity` needs',
    );
  if (rejected.test(name))
    throw new LiveFault(
      'live-credentials',
      `AWS does not take the credentials of ${whose}: ${name}`,
      'try them with `aws sts get-caller-identity`',
    );
  if (throttled.test(name))
    throw new LiveFault(
      'live-throttled',
      `AWS throttles \`${livePermissions[operation] ?? operation}\` and did not stop for half a minute`,
      'check again later, or when fewer tools ask this account',
    );
  if (network.test(code) || network.test(name))
    throw new LiveFault(
      'live-network',
      `AWS can't be reached for \`${livePermissions[operation] ?? operation}\`: ${firstLine(message)}`,
      'look at the network, the Region and `AWS_ENDPOINT_URL`',
    );
  // What has no name of its own and is forbidden: S3 answers HEAD so.
  if (status === 403) return { kind: 'refused', message };
  return {
    kind: 'failed',
    message: `AWS answers ${name} to \`${livePermissions[operation] ?? operation}\`: ${firstLine(message)}`,
  };
}

function factsOf(error: unknown) {
  const of = (from: unknown, member: string): unknown =>
    typeof from === 'object' && from !== null && member in from
      ? (from as Readonly<Record<string, unknown>>)[member]
      : undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const nested: unknown = of(error, 'errors');
  const cause: unknown = Array.isArray(nested) ? (nested as unknown[])[0] : of(error, 'cause');
  return {
    name: text(of(error, 'name')),
    code: text(of(error, 'code')) || text(of(cause, 'code')),
    message: text(of(error, 'message')) || text(of(cause, 'message')) || 'no answer',
    status: of(of(error, '$metadata'), 'httpStatusCode'),
  };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200);
}
