/** What a body can get wrong on its way in. spec: WIRE-BODY-1, WIRE-BODY-2, WIRE-CHUNK-2, WIRE-CHUNK-3 */
import { defineErrors } from '../services/aws-error.ts';

export const payloadErrors = defineErrors({
  incompleteBody: {
    code: 'IncompleteBody',
    status: 400,
    text: 'You did not provide the number of bytes specified by the Content-Length HTTP header',
    wording: 'recorded',
  },
  hashMismatch: {
    code: 'XAmzContentSHA256Mismatch',
    status: 400,
    text: "The provided 'x-amz-content-sha256' header does not match what was computed.",
    wording: 'recorded',
  },
  missingLength: {
    code: 'MissingContentLength',
    status: 411,
    text: 'You must provide the Content-Length HTTP header.',
    wording: 'observed',
  },
  entityTooLarge: {
    code: 'EntityTooLarge',
    status: 400,
    text: 'Your proposed upload exceeds the maximum allowed size',
    wording: 'documented',
  },
  chunkTooSmall: {
    code: 'InvalidChunkSizeError',
    status: 400,
    text: 'Only the last chunk is allowed to have a size less than 8192 bytes',
    wording: 'documented',
  },
  chunkMismatch: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    text: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    wording: 'recorded',
  },
  malformedTrailer: {
    code: 'MalformedTrailerError',
    status: 400,
    text: 'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    wording: 'observed',
  },
  invalidDigest: {
    code: 'InvalidDigest',
    status: 400,
    text: 'The Content-MD5 you specified was invalid.',
    wording: 'recorded',
  },
  badDigest: {
    code: 'BadDigest',
    status: 400,
    text: 'The Content-MD5 you specified did not match what we received.',
    wording: 'recorded',
  },
  notImplementedHeader: {
    code: 'NotImplemented',
    status: 501,
    text: 'A header you provided implies functionality that is not implemented',
    wording: 'recorded',
  },
});
