/** Stored records as the SDK's shapes, which the protocol writes. */
import type {
  AttachedPermissionsBoundary,
  AttachedPolicy,
  Group,
  Policy,
  PolicyVersion,
  Role,
  User,
} from '@aws-sdk/client-iam';
import type {
  EntityRecord,
  GroupRecord,
  PolicyRecord,
  PolicyVersionRecord,
  RoleRecord,
  UserRecord,
} from './ports.ts';

/**
 * A document as IAM's answers carry it: percent-encoded, everything but RFC 3986's unreserved characters.
 * spec: IAMAPI-WIRE-1
 */
export function encodedDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What lists show; `roleShape` has the rest. */
export function roleSummary(record: RoleRecord): Role {
  return {
    Path: record.path,
    RoleName: record.name,
    RoleId: record.id,
    Arn: record.arn,
    CreateDate: new Date(record.createdAtMillis),
    AssumeRolePolicyDocument: encodedDocument(record.trustPolicy),
    ...(record.description === null ? {} : { Description: record.description }),
    MaxSessionDuration: record.maxSessionSeconds,
  };
}

export function roleShape(record: RoleRecord): Role {
  return { ...roleSummary(record), ...boundaryShape(record.permissionsBoundary), ...tagShape(record) };
}

export function userSummary(record: UserRecord): User {
  return {
    Path: record.path,
    UserName: record.name,
    UserId: record.id,
    Arn: record.arn,
    CreateDate: new Date(record.createdAtMillis),
  };
}

export function userShape(record: UserRecord): User {
  return { ...userSummary(record), ...boundaryShape(record.permissionsBoundary), ...tagShape(record) };
}

export function groupShape(record: GroupRecord): Group {
  return {
    Path: record.path,
    GroupName: record.name,
    GroupId: record.id,
    Arn: record.arn,
    CreateDate: new Date(record.createdAtMillis),
  };
}

export interface PolicyUse {
  readonly attachments: number;
  readonly boundaries: number;
}

export function policyShape(record: PolicyRecord, use: PolicyUse): Policy {
  return {
    PolicyName: record.name,
    PolicyId: record.id,
    Arn: record.arn,
    Path: record.path,
    DefaultVersionId: record.defaultVersionId,
    AttachmentCount: use.attachments,
    PermissionsBoundaryUsageCount: use.boundaries,
    IsAttachable: true,
    ...(record.description === null ? {} : { Description: record.description }),
    CreateDate: new Date(record.createdAtMillis),
    UpdateDate: new Date(record.updatedAtMillis),
    ...tagShape(record),
  };
}

export function policyVersionShape(policy: PolicyRecord, version: PolicyVersionRecord): PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: new Date(version.createdAtMillis),
  };
}

export function attachedPolicyShapes(record: EntityRecord): AttachedPolicy[] {
  return record.attachedPolicies.map((arn) => ({
    PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
    PolicyArn: arn,
  }));
}

function boundaryShape(arn: string | null): { PermissionsBoundary?: AttachedPermissionsBoundary } {
  if (arn === null) return {};
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: arn,
    },
  };
}

function tagShape({ tags }: { tags: RoleRecord['tags'] }): { Tags?: { Key: string; Value: string }[] } {
  return tags.length === 0 ? {} : { Tags: [...tags] };
}
