/** What IAM says when it refuses. */
import { defineErrors } from '../aws-error.ts';

export const iamErrors = defineErrors({
  accessDenied: {
    code: 'AccessDenied',
    status: 403,
    text: 'User: {caller} is not authorized to perform: {action} on resource: {resource} {because}',
    wording: 'observed',
  },
  validation: { code: 'ValidationError', status: 400, text: '{message}', wording: 'recorded' },
  arnNotParsed: {
    code: 'ValidationError',
    status: 400,
    text: 'Invalid ARN:  Could not be parsed!',
    wording: 'recorded',
  },
  invalidMarker: { code: 'ValidationError', status: 400, text: 'Invalid Marker.', wording: 'ours' },
  userNameNeeded: {
    code: 'ValidationError',
    status: 400,
    text: 'Must specify userName when calling with non-User credentials',
    wording: 'observed',
  },

  entityExists: {
    code: 'EntityAlreadyExists',
    status: 409,
    text: '{kind} with name {name} already exists.',
    wording: 'recorded',
  },
  policyExists: {
    code: 'EntityAlreadyExists',
    status: 409,
    text: 'A policy called {name} already exists. Duplicate names are not allowed.',
    wording: 'observed',
  },

  entityNotFound: {
    code: 'NoSuchEntity',
    status: 404,
    text: 'The {kind} with name {name} cannot be found.',
    wording: 'recorded',
  },
  inlinePolicyNotFound: {
    code: 'NoSuchEntity',
    status: 404,
    text: 'The {kind} policy with name {name} cannot be found.',
    wording: 'recorded',
  },
  policyNotFound: {
    code: 'NoSuchEntity',
    status: 404,
    text: 'Policy {arn} was not found.',
    wording: 'observed',
  },
  policyNotAttachable: {
    code: 'NoSuchEntity',
    status: 404,
    text: 'Policy {arn} does not exist or is not attachable.',
    wording: 'observed',
  },
  policyVersionNotFound: {
    code: 'NoSuchEntity',
    status: 404,
    text: 'Policy {arn} version {versionId} does not exist or is not attachable.',
    wording: 'observed',
  },
  accessKeyNotFound: {
    code: 'NoSuchEntity',
    status: 404,
    text: 'The Access Key with id {accessKeyId} cannot be found.',
    wording: 'observed',
  },

  mustDetachPolicies: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete entity, must detach all policies first.',
    wording: 'observed',
  },
  mustDeletePolicies: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete entity, must delete policies first.',
    wording: 'observed',
  },
  mustDeleteAccessKeys: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete entity, must delete access keys first.',
    wording: 'observed',
  },
  mustRemoveFromGroups: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete entity, must remove users from group first.',
    wording: 'observed',
  },
  mustRemoveReferences: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete entity, must remove referenced objects first.',
    wording: 'observed',
  },
  policyInUse: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete a policy attached to entities.',
    wording: 'observed',
  },
  mustDeleteVersions: {
    code: 'DeleteConflict',
    status: 409,
    text: "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    wording: 'observed',
  },
  defaultVersionInUse: {
    code: 'DeleteConflict',
    status: 409,
    text: 'Cannot delete the default version of a policy.',
    wording: 'observed',
  },

  quota: {
    code: 'LimitExceeded',
    status: 409,
    text: 'Cannot exceed quota for {quota}: {limit}',
    wording: 'observed',
  },
  inlinePoliciesTooLarge: {
    code: 'LimitExceeded',
    status: 409,
    text: 'Maximum policy size of {limit} bytes exceeded for {kind} {name}',
    wording: 'observed',
  },
  tooManyVersions: {
    code: 'LimitExceeded',
    status: 409,
    text: 'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    wording: 'observed',
  },

  malformedPolicy: { code: 'MalformedPolicyDocument', status: 400, text: '{message}', wording: 'observed' },

  protectedRole: {
    code: 'UnmodifiableEntity',
    status: 400,
    text: "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS",
    wording: 'observed',
  },
  duplicateTagKeys: {
    code: 'InvalidInput',
    status: 400,
    text: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    wording: 'observed',
  },
  roleNameTaken: {
    code: 'InvalidInput',
    status: 400,
    text: 'Service role name {name} has been taken in this account, please try a different suffix.',
    wording: 'observed',
  },
  suffixNotAllowed: {
    code: 'InvalidInput',
    status: 400,
    text: 'Custom suffix is not allowed for {service}',
    wording: 'observed',
  },
  serviceNotKnown: {
    code: 'InvalidInput',
    status: 400,
    text: '{service} is not a service whose role this endpoint can make',
    wording: 'ours',
  },
  concurrentModification: {
    code: 'ConcurrentModification',
    status: 409,
    text: 'The request was rejected because multiple requests to change this object were submitted simultaneously.',
    wording: 'documented',
  },
});
