/** What SNS says when it refuses. */
import { defineErrors } from '../aws-error.ts';

export const snsErrors = defineErrors({
  // Upper-case SNS in the action, as in topic policies.
  denied: {
    code: 'AuthorizationError',
    status: 403,
    text: 'User: {user} is not authorized to perform: {action} on resource: {resource} {because}',
    wording: 'recorded',
  },
  invalidParameter: {
    code: 'InvalidParameter',
    status: 400,
    text: 'Invalid parameter: {what}',
    wording: 'recorded',
  },
  noFifoTopics: {
    code: 'InvalidParameter',
    status: 400,
    text: 'Invalid parameter: FifoTopic Reason: FIFO topics are not available here',
    wording: 'ours',
  },
  topicNotFound: { code: 'NotFound', status: 404, text: 'Topic does not exist', wording: 'recorded' },
  subscriptionNotFound: {
    code: 'NotFound',
    status: 404,
    text: 'Subscription does not exist',
    wording: 'recorded',
  },
  resourceNotFound: {
    code: 'ResourceNotFound',
    status: 404,
    text: 'Resource does not exist',
    wording: 'observed',
  },
  emptyBatch: {
    code: 'EmptyBatchRequest',
    status: 400,
    text: "The batch request doesn't contain any entries.",
    wording: 'documented',
  },
  tooManyEntries: {
    code: 'TooManyEntriesInBatchRequest',
    status: 400,
    text: 'The batch request contains more entries than permissible.',
    wording: 'observed',
  },
  batchIdsNotDistinct: {
    code: 'BatchEntryIdsNotDistinct',
    status: 400,
    text: 'Two or more batch entries in the request have the same Id.',
    wording: 'observed',
  },
  attributeInvalid: { code: 'ParameterValueInvalid', status: 400, text: '{message}', wording: 'observed' },
  busy: {
    code: 'ConcurrentAccess',
    status: 400,
    text: 'Another request changed the resource at the same time.',
    wording: 'ours',
  },
  kmsAccessDenied: { code: 'KMSAccessDenied', status: 400, text: '{message}', wording: 'documented' },
  kmsDisabled: { code: 'KMSDisabled', status: 400, text: '{message}', wording: 'documented' },
  kmsInvalidState: { code: 'KMSInvalidState', status: 400, text: '{message}', wording: 'documented' },
  kmsNotFound: { code: 'KMSNotFound', status: 400, text: '{message}', wording: 'documented' },
});
