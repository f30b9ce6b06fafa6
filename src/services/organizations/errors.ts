/** What AWS Organizations says when it refuses. */
import { defineErrors } from '../aws-error.ts';

const observed = { status: 400, wording: 'observed' } as const;
const ours = { status: 400, wording: 'ours' } as const;

export const organizationsErrors = defineErrors({
  denied: {
    ...observed,
    code: 'AccessDeniedException',
    text: 'User: {user} is not authorized to perform: {action} on resource: {resource} {because}',
  },
  notManagement: {
    ...observed,
    code: 'AccessDeniedException',
    text: "You don't have permissions to access this resource.",
  },
  notInUse: {
    ...observed,
    code: 'AWSOrganizationsNotInUseException',
    text: 'Your account is not a member of an organization.',
  },
  alreadyMember: {
    ...observed,
    code: 'AlreadyInOrganizationException',
    text: 'The AWS account is already a member of an organization.',
  },
  invalidInput: { ...ours, code: 'InvalidInputException', text: '{message}' },
  constraint: { ...ours, code: 'ConstraintViolationException', text: '{message}' },
  lastPolicy: {
    ...observed,
    code: 'ConstraintViolationException',
    text: 'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
  },
  parentNotFound: {
    ...observed,
    code: 'ParentNotFoundException',
    text: "You specified parent that doesn't exist.",
  },
  sourceParentNotFound: {
    ...ours,
    code: 'SourceParentNotFoundException',
    text: "You specified a source parent that doesn't exist or is not the account's parent.",
  },
  destinationParentNotFound: {
    ...ours,
    code: 'DestinationParentNotFoundException',
    text: "You specified a destination parent that doesn't exist.",
  },
  childNotFound: {
    ...ours,
    code: 'ChildNotFoundException',
    text: "You specified a child that doesn't exist.",
  },
  rootNotFound: {
    ...observed,
    code: 'RootNotFoundException',
    text: "You specified a root that doesn't exist.",
  },
  unitNotFound: {
    ...observed,
    code: 'OrganizationalUnitNotFoundException',
    text: "You specified an organizational unit that doesn't exist.",
  },
  unitNotEmpty: {
    ...ours,
    code: 'OrganizationalUnitNotEmptyException',
    text: 'The organizational unit is not empty: move its accounts and delete its units first.',
  },
  duplicateUnit: {
    ...observed,
    code: 'DuplicateOrganizationalUnitException',
    text: 'An OU with the same name already exists.',
  },
  notEmpty: {
    ...ours,
    code: 'OrganizationNotEmptyException',
    text: 'To delete an organization, remove all member accounts first.',
  },
  accountNotFound: {
    ...observed,
    code: 'AccountNotFoundException',
    text: "You specified an account that doesn't exist.",
  },
  createStatusNotFound: {
    ...ours,
    code: 'CreateAccountStatusNotFoundException',
    text: "We can't find a create account request with that ID.",
  },
  duplicateAccount: {
    ...ours,
    code: 'DuplicateAccountException',
    text: 'That account is already present in the specified destination.',
  },
  targetNotFound: {
    ...observed,
    code: 'TargetNotFoundException',
    text: "You specified a target that doesn't exist.",
  },
  policyNotFound: {
    ...observed,
    code: 'PolicyNotFoundException',
    text: "You specified a policy that doesn't exist.",
  },
  policyNotAttached: {
    ...ours,
    code: 'PolicyNotAttachedException',
    text: "The policy isn't attached to the specified target.",
  },
  policyInUse: {
    ...ours,
    code: 'PolicyInUseException',
    text: 'The policy is attached to one or more entities: detach it from all roots, OUs and accounts first.',
  },
  duplicatePolicy: {
    ...observed,
    code: 'DuplicatePolicyException',
    text: 'A policy with the same name already exists.',
  },
  duplicateAttachment: {
    ...observed,
    code: 'DuplicatePolicyAttachmentException',
    text: 'A policy with the specified name and type already exists.',
  },
  malformedPolicy: {
    ...observed,
    code: 'MalformedPolicyDocumentException',
    text: 'The provided policy document does not meet the requirements of the specified policy type.',
  },
  typeNotEnabled: {
    ...observed,
    code: 'PolicyTypeNotEnabledException',
    text: 'This operation can be performed only for enabled policy types.',
  },
  typeAlreadyEnabled: {
    ...observed,
    code: 'PolicyTypeAlreadyEnabledException',
    text: 'The specified policy type is already enabled.',
  },
  busy: {
    ...ours,
    code: 'ConcurrentModificationException',
    text: 'The target of the operation is currently being modified by a different request. Try again later.',
  },
});
