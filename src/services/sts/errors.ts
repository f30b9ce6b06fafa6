/** What STS says when it refuses. */
import { defineErrors } from '../aws-error.ts';

export const stsErrors = defineErrors({
  // No reason follows, in most of what was recorded.
  accessDenied: {
    code: 'AccessDenied',
    status: 403,
    text: 'User: {caller} is not authorized to perform: {action} on resource: {resource}',
    wording: 'recorded',
  },
  rootAssumesRole: {
    code: 'AccessDenied',
    status: 403,
    text: 'Roles may not be assumed by root accounts.',
    wording: 'observed',
  },
  sessionCredentials: {
    code: 'AccessDenied',
    status: 403,
    text: 'Cannot call GetSessionToken with session credentials',
    wording: 'observed',
  },
  validation: { code: 'ValidationError', status: 400, text: '{message}', wording: 'recorded' },
  arnInvalid: { code: 'ValidationError', status: 400, text: '{arn} is invalid', wording: 'recorded' },
  durationBeyondRole: {
    code: 'ValidationError',
    status: 400,
    text: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    wording: 'observed',
  },
  durationBeyondChaining: {
    code: 'ValidationError',
    status: 400,
    text: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    wording: 'observed',
  },
  duplicateTagKeys: {
    code: 'InvalidParameterValue',
    status: 400,
    text: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    wording: 'recorded',
  },
  transitiveTagConflict: {
    code: 'InvalidParameterValue',
    status: 400,
    text: "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    wording: 'ours',
  },
  transitiveTagMissing: {
    code: 'InvalidParameterValue',
    status: 400,
    text: 'The specified transitive tag key must be included in the requested tags.',
    wording: 'ours',
  },
  sourceIdentityChange: {
    code: 'ValidationError',
    status: 400,
    text: 'The source identity of a session that has one cannot be changed.',
    wording: 'ours',
  },
  malformedPolicy: { code: 'MalformedPolicyDocument', status: 400, text: '{message}', wording: 'observed' },
  policyNotFound: {
    code: 'ValidationError',
    status: 400,
    text: 'Policy {arn} does not exist or is not attachable.',
    wording: 'ours',
  },
  packedPolicyTooLarge: {
    code: 'PackedPolicyTooLarge',
    status: 400,
    text: 'Packed policy consumes {percent}% of allotted space, please use smaller policy.',
    wording: 'ours',
  },
});
