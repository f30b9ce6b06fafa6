/**
 * The codes, statuses and words of refused signatures: one table a protocol, one function that picks the line.
 * spec: WIRE-AUTH-1, WIRE-AUTH-2, WIRE-AUTH-3, WIRE-AUTH-4
 */
import { defineErrors } from '../services/aws-error.ts';
import type { AwsError } from '../services/aws-error.ts';
import type { ProtocolDeclaration } from './declaration.ts';
import { amzDate, clockSkewMaxMillis, presignedMaxSeconds } from './sigv4.ts';
import type { AuthFault } from './sigv4.ts';

/** The error that a client of this protocol gets for the fault. */
export function authError(protocol: ProtocolDeclaration['kind'], fault: AuthFault): AwsError {
  switch (protocol) {
    case 'rest-xml':
      return restError(fault);
    case 'json-1-1':
      return rpcError(fault, jsonErrors);
    case 'query':
      return rpcError(fault, queryErrors);
  }
}

const unsupportedMechanism =
  'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
const signatureMismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const queryIncomplete =
  'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.';
const credentialForm = '"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"';

// spec: WIRE-AUTH-2
const jsonErrors = defineErrors({
  unsigned: {
    code: 'MissingAuthenticationTokenException',
    status: 400,
    text: 'Missing Authentication Token',
    wording: 'documented',
  },
  unknownKey: {
    code: 'UnrecognizedClientException',
    status: 400,
    text: 'The security token included in the request is invalid.',
    wording: 'documented',
  },
  expired: {
    code: 'ExpiredTokenException',
    status: 400,
    text: 'The security token included in the request is expired',
    wording: 'documented',
  },
  mismatch: { code: 'InvalidSignatureException', status: 400, text: '{text}', wording: 'documented' },
  incomplete: { code: 'IncompleteSignatureException', status: 400, text: '{text}', wording: 'observed' },
});

// spec: WIRE-AUTH-3
const queryErrors = defineErrors({
  unsigned: {
    code: 'MissingAuthenticationToken',
    status: 403,
    text: 'Request is missing Authentication Token',
    wording: 'documented',
  },
  unknownKey: {
    code: 'InvalidClientTokenId',
    status: 403,
    text: 'The security token included in the request is invalid.',
    wording: 'documented',
  },
  expired: {
    code: 'ExpiredToken',
    status: 403,
    text: 'The security token included in the request is expired',
    wording: 'documented',
  },
  mismatch: { code: 'SignatureDoesNotMatch', status: 403, text: '{text}', wording: 'documented' },
  incomplete: { code: 'IncompleteSignature', status: 403, text: '{text}', wording: 'observed' },
});

function rpcError(fault: AuthFault, errors: typeof jsonErrors | typeof queryErrors): AwsError {
  switch (fault.kind) {
    case 'unsigned':
      return errors.unsigned();
    case 'unknown-key':
    case 'token-mismatch':
      return errors.unknownKey();
    case 'token-expired':
      return errors.expired();
    case 'signature-version-2':
    case 'mechanism-unsupported':
      return errors.incomplete({ text: unsupportedMechanism });
    case 'header-incomplete':
      return errors.incomplete({
        text: `${fault.missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' ')} Authorization=${fault.header}`,
      });
    case 'credential-malformed':
    case 'query-credential-malformed':
      return errors.incomplete({
        text: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${fault.kind === 'credential-malformed' ? fault.credential : ''}'`,
      });
    case 'date-missing':
      return errors.incomplete({
        text: "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
      });
    case 'query-incomplete':
    case 'query-expires':
      return errors.incomplete({ text: queryIncomplete });
    case 'date-mismatch':
      return errors.mismatch({
        text: `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${fault.scopeDate}' != '${fault.signedAt.slice(0, 8)}', from '${fault.signedAt}'.`,
      });
    case 'region-malformed':
      return errors.mismatch({ text: 'Credential should be scoped to a valid region. ' });
    case 'wrong-service':
      return errors.mismatch({
        text: `Credential should be scoped to correct service: '${fault.expected}'. `,
      });
    case 'too-old': {
      const now = amzDate(fault.nowMillis);
      return errors.mismatch({
        text: `Signature expired: ${fault.signedAt} is now earlier than ${amzDate(fault.nowMillis - clockSkewMaxMillis)} (${now} - 15 min.)`,
      });
    }
    case 'too-new': {
      const now = amzDate(fault.nowMillis);
      return errors.mismatch({
        text: `Signature not yet current: ${fault.signedAt} is still later than ${amzDate(fault.nowMillis + clockSkewMaxMillis)} (${now} + 15 min.)`,
      });
    }
    case 'presigned-expired':
      return errors.mismatch({
        text: `Signature expired: ${amzDate(fault.expiredAtMillis)} is now earlier than ${amzDate(fault.nowMillis)}`,
      });
    case 'presigned-not-yet':
    case 'headers-not-signed':
    case 'payload-hash-missing':
    case 'payload-hash-malformed':
    case 'signature-mismatch':
      return errors.mismatch({ text: signatureMismatch });
  }
}

// spec: WIRE-AUTH-4
const restErrors = defineErrors({
  accessDenied: { code: 'AccessDenied', status: 403, text: 'Access Denied', wording: 'recorded' },
  mechanism: { code: 'InvalidRequest', status: 400, text: unsupportedMechanism, wording: 'observed' },
  headerMalformed: {
    code: 'AuthorizationHeaderMalformed',
    status: 400,
    text: 'The authorization header is malformed; {fault}',
    wording: 'recorded',
  },
  dateMissing: {
    code: 'AccessDenied',
    status: 403,
    text: 'AWS authentication requires a valid Date or x-amz-date header',
    wording: 'observed',
  },
  queryParameters: {
    code: 'AuthorizationQueryParametersError',
    status: 400,
    text: '{fault}',
    wording: 'recorded',
  },
  unknownKey: {
    code: 'InvalidAccessKeyId',
    status: 403,
    text: 'The AWS Access Key Id you provided does not exist in our records.',
    wording: 'recorded',
  },
  invalidToken: {
    code: 'InvalidToken',
    status: 400,
    text: 'The provided token is malformed or otherwise invalid.',
    wording: 'recorded',
  },
  expiredToken: {
    code: 'ExpiredToken',
    status: 400,
    text: 'The provided token has expired.',
    wording: 'recorded',
  },
  skewed: {
    code: 'RequestTimeTooSkewed',
    status: 403,
    text: 'The difference between the request time and the current time is too large.',
    wording: 'recorded',
  },
  expired: { code: 'AccessDenied', status: 403, text: 'Request has expired', wording: 'recorded' },
  notYet: { code: 'AccessDenied', status: 403, text: 'Request is not yet valid', wording: 'observed' },
  headersNotSigned: {
    code: 'AccessDenied',
    status: 403,
    text: 'There were headers present in the request which were not signed',
    wording: 'recorded',
  },
  hashMissing: {
    code: 'InvalidRequest',
    status: 400,
    text: 'Missing required header for this request: x-amz-content-sha256',
    wording: 'recorded',
  },
  hashMalformed: {
    code: 'InvalidArgument',
    status: 400,
    text: 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.',
    wording: 'observed',
  },
  mismatch: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    text: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    wording: 'recorded',
  },
});

const expiresTexts = {
  'not-a-number': 'X-Amz-Expires should be a number',
  negative: 'X-Amz-Expires must be non-negative',
  'too-long': `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${presignedMaxSeconds} seconds`,
} as const;

function restError(fault: AuthFault): AwsError {
  switch (fault.kind) {
    case 'unsigned':
      return restErrors.accessDenied();
    case 'signature-version-2':
    case 'mechanism-unsupported':
      return restErrors.mechanism();
    case 'header-incomplete':
      return fault.header.startsWith('AWS4-')
        ? restErrors.headerMalformed({ fault: `missing ${fault.missing.join(', ')}.` })
        : restErrors.mechanism();
    case 'credential-malformed':
      return restErrors.headerMalformed({
        fault: `the Credential is mal-formed; expecting ${credentialForm}.`,
      });
    case 'date-missing':
      return restErrors.dateMissing();
    case 'date-mismatch':
      return restErrors.headerMalformed({
        fault: `Invalid credential date "${fault.scopeDate}". This date is not the same as X-Amz-Date: "${fault.signedAt.slice(0, 8)}".`,
      });
    case 'region-malformed':
      return restErrors.headerMalformed(
        { fault: `the region '${fault.region}' is wrong; expecting 'us-east-1'` },
        { Region: 'us-east-1' },
      );
    case 'wrong-service':
      return restErrors.headerMalformed({
        fault: `incorrect service "${fault.found}". This endpoint belongs to "${fault.expected}".`,
      });
    case 'query-incomplete':
      return restErrors.queryParameters({ fault: queryIncomplete });
    case 'query-credential-malformed':
      return restErrors.queryParameters({
        fault: `Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting ${credentialForm}.`,
      });
    case 'query-expires':
      return restErrors.queryParameters({ fault: expiresTexts[fault.fault] });
    case 'unknown-key':
      return restErrors.unknownKey({}, { AWSAccessKeyId: fault.accessKeyId });
    case 'token-mismatch':
      // A temporary key without its token is no key at all.
      return fault.token === null
        ? restErrors.unknownKey({}, { AWSAccessKeyId: fault.accessKeyId })
        : restErrors.invalidToken({}, { 'Token-0': fault.token });
    case 'token-expired':
      return restErrors.expiredToken({}, { 'Token-0': fault.token });
    case 'too-old':
    case 'too-new':
      return restErrors.skewed(
        {},
        {
          RequestTime: fault.signedAt,
          ServerTime: isoSeconds(fault.nowMillis),
          MaxAllowedSkewMilliseconds: String(clockSkewMaxMillis),
        },
      );
    case 'presigned-expired':
      return restErrors.expired(
        {},
        {
          'X-Amz-Expires': String(fault.expiresSeconds),
          Expires: isoSeconds(fault.expiredAtMillis),
          ServerTime: isoSeconds(fault.nowMillis),
        },
      );
    case 'presigned-not-yet':
      return restErrors.notYet({}, { ServerTime: isoSeconds(fault.nowMillis) });
    case 'headers-not-signed':
      return restErrors.headersNotSigned({}, { HeadersNotSigned: fault.names.join(', ') });
    case 'payload-hash-missing':
      return restErrors.hashMissing();
    case 'payload-hash-malformed':
      return restErrors.hashMalformed(
        {},
        { ArgumentName: 'x-amz-content-sha256', ArgumentValue: fault.value },
      );
    case 'signature-mismatch':
      return restErrors.mismatch(
        {},
        {
          AWSAccessKeyId: fault.accessKeyId,
          StringToSign: fault.stringToSign,
          SignatureProvided: fault.provided,
          StringToSignBytes: hexBytes(fault.stringToSign),
          CanonicalRequest: fault.canonicalRequest,
          CanonicalRequestBytes: hexBytes(fault.canonicalRequest),
        },
      );
  }
}

function isoSeconds(millis: number): string {
  return new Date(millis).toISOString().replace(/\.\d{3}/, '');
}

function hexBytes(wireText: string): string {
  return (Buffer.from(wireText, 'latin1').toString('hex').match(/../g) ?? []).join(' ');
}
