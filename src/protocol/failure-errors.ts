/** Errors that no service throws by itself: what is not built, too large, or broken, in the words of each protocol. */
import { AwsError } from '../services/aws-error.ts';
import type { ErrorRow } from '../services/aws-error.ts';
import type { ProtocolDeclaration } from './declaration.ts';

export type FailureKind = 'not-implemented' | 'too-large' | 'internal' | 'unavailable';

/** spec: WIRE-FAIL-1 */
export function failureError(protocol: ProtocolDeclaration['kind'], kind: FailureKind): AwsError {
  const row: ErrorRow = rows[protocol][kind];
  return new AwsError(row, row.text);
}

const internalText = 'We encountered an internal error. Please try again.';

const rows = {
  'json-1-1': {
    'not-implemented': { code: 'UnknownOperationException', status: 400, text: '', wording: 'observed' },
    'too-large': {
      code: 'RequestEntityTooLargeException',
      status: 413,
      text: 'Request body is too large',
      wording: 'ours',
    },
    internal: { code: 'InternalFailure', status: 500, text: internalText, wording: 'ours' },
    unavailable: { code: 'ServiceUnavailableException', status: 503, text: internalText, wording: 'ours' },
  },
  query: {
    'not-implemented': {
      code: 'InvalidAction',
      status: 400,
      text: 'The action or operation requested is not valid.',
      wording: 'ours',
    },
    'too-large': {
      code: 'RequestEntityTooLarge',
      status: 413,
      text: 'Request body is too large',
      wording: 'ours',
    },
    internal: { code: 'InternalFailure', status: 500, text: internalText, wording: 'ours' },
    unavailable: { code: 'ServiceUnavailable', status: 503, text: internalText, wording: 'ours' },
  },
  'rest-xml': {
    'not-implemented': {
      code: 'NotImplemented',
      status: 501,
      text: 'A header you provided implies functionality that is not implemented',
      wording: 'recorded',
    },
    'too-large': {
      code: 'MaxMessageLengthExceeded',
      status: 400,
      text: 'Your request was too big.',
      wording: 'documented',
    },
    internal: { code: 'InternalError', status: 500, text: internalText, wording: 'documented' },
    unavailable: {
      code: 'ServiceUnavailable',
      status: 503,
      text: 'Service is unable to handle request.',
      wording: 'documented',
    },
  },
} as const satisfies Record<ProtocolDeclaration['kind'], Record<FailureKind, ErrorRow>>;
