/**
 * Access control lists: canned ones, those in headers and those in a body, as lists of grants.
 * spec: S3-ACL-1, S3-ACL-2
 */
import type { AccessControlPolicy, Grant } from '@aws-sdk/client-s3';
import { canonicalUserId } from './canonical-user.ts';
import { s3Errors } from './errors.ts';
import type { AclGrant, AclPermission } from './ports.ts';

export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** The members of a request that set an ACL. */
export interface AclInput {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly AccessControlPolicy?: AccessControlPolicy | undefined;
}

export interface AclOwners {
  /** Account that owns what the ACL is on. */
  readonly owner: string;
  readonly bucketOwner: string;
}

const grantMembers = {
  GrantFullControl: 'FULL_CONTROL',
  GrantRead: 'READ',
  GrantReadACP: 'READ_ACP',
  GrantWrite: 'WRITE',
  GrantWriteACP: 'WRITE_ACP',
} as const satisfies Partial<Record<keyof AclInput, AclPermission>>;

const cannedForObjects: readonly string[] = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
];

export function ownerOnly(owner: string): readonly AclGrant[] {
  return [grantTo(owner, 'FULL_CONTROL')];
}

/**
 * The ACL that the request asks for, or `null` if it asks for none.
 *
 * @throws InvalidArgument and its kin: no such canned ACL, no such grantee, two ways at once
 */
export function requestedAcl(input: AclInput, owners: AclOwners): readonly AclGrant[] | null {
  const headers = Object.entries(grantMembers).flatMap(([member, permission]) => {
    const text = input[member as keyof typeof grantMembers];
    return text === undefined ? [] : grantsOfHeader(text, permission);
  });
  if (input.ACL !== undefined && headers.length > 0) throw s3Errors.aclBothKinds();
  if (input.AccessControlPolicy !== undefined && (input.ACL !== undefined || headers.length > 0))
    throw s3Errors.aclUnexpectedBody();
  if (input.ACL !== undefined) return cannedAcl(input.ACL, owners);
  if (headers.length > 0) return headers;
  return input.AccessControlPolicy === undefined ? null : grantsOfBody(input.AccessControlPolicy);
}

/** True where the request sets an ACL by a header of any kind. */
export function hasGrantHeaders(input: AclInput): boolean {
  return Object.keys(grantMembers).some((member) => input[member as keyof typeof grantMembers] !== undefined);
}

/** Whether the ACL lets everybody in, or everybody with an account. */
export function isPublicAcl(acl: readonly AclGrant[]): boolean {
  return acl.some(
    ({ grantee }) =>
      grantee.kind === 'group' && (grantee.uri === allUsers || grantee.uri === authenticatedUsers),
  );
}

/** Whether the ACL says no more than that the owner has full control. */
export function isOwnerFullControl(acl: readonly AclGrant[], owner: string): boolean {
  const id = canonicalUserId(owner);
  return acl.every(
    ({ grantee, permission }) =>
      grantee.kind === 'canonical-user' && grantee.id === id && permission === 'FULL_CONTROL',
  );
}

/** The grants in the SDK's form. */
export function grantsOf(acl: readonly AclGrant[]): Grant[] {
  return acl.map(({ grantee, permission }) => ({
    Grantee:
      grantee.kind === 'group'
        ? { Type: 'Group', URI: grantee.uri }
        : { Type: 'CanonicalUser', ID: grantee.id },
    Permission: permission,
  }));
}

function cannedAcl(name: string, { owner, bucketOwner }: AclOwners): readonly AclGrant[] {
  const own = grantTo(owner, 'FULL_CONTROL');
  switch (name) {
    case 'private':
    case 'aws-exec-read':
      return [own];
    case 'public-read':
      return [own, grantToGroup(allUsers, 'READ')];
    case 'public-read-write':
      return [own, grantToGroup(allUsers, 'READ'), grantToGroup(allUsers, 'WRITE')];
    case 'authenticated-read':
      return [own, grantToGroup(authenticatedUsers, 'READ')];
    case 'bucket-owner-read':
      return owner === bucketOwner ? [own] : [own, grantTo(bucketOwner, 'READ')];
    case 'bucket-owner-full-control':
      return owner === bucketOwner ? [own] : [own, grantTo(bucketOwner, 'FULL_CONTROL')];
    case 'log-delivery-write':
      return [own, grantToGroup(logDelivery, 'WRITE'), grantToGroup(logDelivery, 'READ_ACP')];
    default:
      throw s3Errors.aclInvalid({}, { ArgumentName: 'x-amz-acl', ArgumentValue: name });
  }
}

/** @throws InvalidArgument no canned ACL of objects has this name */
export function assertObjectAcl(name: string | undefined): void {
  if (name !== undefined && !cannedForObjects.includes(name))
    throw s3Errors.aclInvalid({}, { ArgumentName: 'x-amz-acl', ArgumentValue: name });
}

function grantsOfHeader(text: string, permission: AclPermission): readonly AclGrant[] {
  return text.split(',').map((entry) => {
    const match = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/.exec(entry);
    const [, kind, value] = match ?? [];
    if (kind === undefined || value === undefined || kind === 'emailAddress')
      throw s3Errors.aclGranteeFormat({}, { ArgumentName: 'x-amz-grant', ArgumentValue: entry.trim() });
    return { grantee: kind === 'uri' ? groupGrantee(value) : userGrantee(value), permission };
  });
}

function grantsOfBody(policy: AccessControlPolicy): readonly AclGrant[] {
  if (policy.Owner?.ID === undefined) throw s3Errors.aclMalformed();
  return (policy.Grants ?? []).map(({ Grantee: grantee, Permission: permission }) => {
    if (grantee === undefined || permission === undefined || !isPermission(permission))
      throw s3Errors.aclMalformed();
    if (grantee.Type === 'Group' && grantee.URI !== undefined)
      return { grantee: groupGrantee(grantee.URI), permission };
    if (grantee.Type === 'CanonicalUser' && grantee.ID !== undefined)
      return { grantee: userGrantee(grantee.ID), permission };
    throw s3Errors.aclMalformed();
  });
}

function isPermission(text: string): text is AclPermission {
  return ['FULL_CONTROL', 'READ', 'WRITE', 'READ_ACP', 'WRITE_ACP'].includes(text);
}

function groupGrantee(uri: string): AclGrant['grantee'] {
  if (![allUsers, authenticatedUsers, logDelivery].includes(uri))
    throw s3Errors.aclGroupUri({}, { ArgumentName: 'uri', ArgumentValue: uri });
  return { kind: 'group', uri };
}

function userGrantee(id: string): AclGrant['grantee'] {
  if (!/^[0-9a-f]{64}$/.test(id)) throw s3Errors.aclGranteeId({}, { ArgumentName: 'id', ArgumentValue: id });
  return { kind: 'canonical-user', id };
}

function grantTo(account: string, permission: AclPermission): AclGrant {
  return { grantee: { kind: 'canonical-user', id: canonicalUserId(account) }, permission };
}

function grantToGroup(uri: string, permission: AclPermission): AclGrant {
  return { grantee: { kind: 'group', uri }, permission };
}
