/**
 * Roles as AWS Config describes them.
 * spec: IAMAPI-INVENTORY-1
 */
import type { Records } from '../records.ts';
import { nameKey, roles, type RoleRecord } from './ports.ts';
import { findPolicy } from './managed-policies.ts';
import { attachedPolicyShapes, encodedDocument } from './sdk-shapes.ts';

export interface RoleDescription {
  readonly resourceType: 'AWS::IAM::Role';
  /** The role's unique ID. */
  readonly resourceId: string;
  readonly resourceName: string;
  readonly arn: string;
  readonly awsRegion: 'global';
  readonly availabilityZone: 'Not Applicable';
  readonly resourceCreationTimeMillis: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly relationships: readonly {
    readonly resourceType: 'AWS::IAM::Policy';
    readonly resourceId: string;
    readonly resourceName: string;
    readonly name: string;
  }[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, never>>;
}

/** Every role of the account, in the order of their names. */
export async function describeRoles(records: Records, account: string): Promise<readonly RoleDescription[]> {
  const stored = await records.list(roles, { prefix: nameKey(account, ''), limit: Infinity });
  return await Promise.all(stored.map(({ value }) => describeRole(records, value)));
}

/** One role. */
export async function describeRole(records: Records, record: RoleRecord): Promise<RoleDescription> {
  const attached = await Promise.all(record.attachedPolicies.map((arn) => findPolicy(records, arn)));
  return {
    resourceType: 'AWS::IAM::Role',
    resourceId: record.id,
    resourceName: record.name,
    arn: record.arn,
    awsRegion: 'global',
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: record.createdAtMillis,
    tags: Object.fromEntries(record.tags.map(({ Key, Value }) => [Key, Value])),
    relationships: attached
      .filter((policy) => policy !== null)
      .map(({ value }) => ({
        resourceType: 'AWS::IAM::Policy',
        resourceId: value.id,
        resourceName: value.name,
        name: 'Is attached to CustomerManagedPolicy',
      })),
    configuration: configurationOf(record),
    supplementaryConfiguration: {},
  };
}

function configurationOf(record: RoleRecord): Readonly<Record<string, unknown>> {
  const boundary = record.permissionsBoundary;
  return {
    path: record.path,
    roleName: record.name,
    roleId: record.id,
    arn: record.arn,
    createDate: new Date(record.createdAtMillis).toISOString(),
    assumeRolePolicyDocument: encodedDocument(record.trustPolicy),
    instanceProfileList: [],
    rolePolicyList: record.inlinePolicies.map(({ name, document }) => ({
      policyName: name,
      policyDocument: encodedDocument(document),
    })),
    attachedManagedPolicies: attachedPolicyShapes(record).map(({ PolicyName, PolicyArn }) => ({
      policyName: PolicyName,
      policyArn: PolicyArn,
    })),
    permissionsBoundary:
      boundary === null ? null : { permissionsBoundaryType: 'Policy', permissionsBoundaryArn: boundary },
    tags: record.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    roleLastUsed: null,
  };
}
