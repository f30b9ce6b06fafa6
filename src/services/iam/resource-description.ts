/**
 * Users, groups, roles and customer managed policies as AWS Config describes them: what the four have in common.
 * spec: IAMAPI-INVENTORY-1
 */
import type { Records } from '../records.ts';
import { findPolicy } from './managed-policies.ts';
import type { EntityRecord, InlinePolicy, Tag } from './ports.ts';
import { attachedPolicyShapes, encodedDocument } from './sdk-shapes.ts';

export interface ResourceDescription {
  readonly resourceType: 'AWS::IAM::User' | 'AWS::IAM::Group' | 'AWS::IAM::Role' | 'AWS::IAM::Policy';
  /** The unique ID. */
  readonly resourceId: string;
  readonly resourceName: string;
  readonly arn: string;
  readonly awsRegion: 'global';
  readonly availabilityZone: 'Not Applicable';
  readonly resourceCreationTimeMillis: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly relationships: readonly Relationship[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, never>>;
}

export interface Relationship {
  readonly resourceType: ResourceDescription['resourceType'];
  readonly resourceId: string;
  readonly resourceName: string;
  readonly name: string;
}

/** Whatever IAM names, with what its kind adds. */
export function described(
  of: Pick<EntityRecord, 'id' | 'name' | 'arn' | 'createdAtMillis'>,
  more: Pick<ResourceDescription, 'resourceType' | 'relationships' | 'configuration'> & {
    readonly tags?: readonly Tag[];
  },
): ResourceDescription {
  return {
    resourceType: more.resourceType,
    resourceId: of.id,
    resourceName: of.name,
    arn: of.arn,
    awsRegion: 'global',
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: of.createdAtMillis,
    tags: Object.fromEntries((more.tags ?? []).map(({ Key, Value }) => [Key, Value])),
    relationships: more.relationships,
    configuration: more.configuration,
    supplementaryConfiguration: {},
  };
}

/** From what carries policies to the customer's among them; AWS's own are no resources of the account. */
export async function policyRelationships(
  records: Records,
  { attachedPolicies }: EntityRecord,
): Promise<readonly Relationship[]> {
  const found = await Promise.all(attachedPolicies.map((arn) => findPolicy(records, arn)));
  return found
    .flatMap((policy) => (policy === null || policy.value.account === 'aws' ? [] : [policy.value]))
    .map(({ id, name }) => ({
      resourceType: 'AWS::IAM::Policy',
      resourceId: id,
      resourceName: name,
      name: 'Is attached to CustomerManagedPolicy',
    }));
}

export function inlinePolicyList(policies: readonly InlinePolicy[]): readonly object[] {
  return policies.map(({ name, document }) => ({
    policyName: name,
    policyDocument: encodedDocument(document),
  }));
}

export function attachedPolicyList(entity: EntityRecord): readonly object[] {
  return attachedPolicyShapes(entity).map(({ PolicyName, PolicyArn }) => ({
    policyName: PolicyName,
    policyArn: PolicyArn,
  }));
}

export function boundaryOf(arn: string | null): object | null {
  return arn === null ? null : { permissionsBoundaryType: 'Policy', permissionsBoundaryArn: arn };
}

export function tagList(tags: readonly Tag[]): readonly object[] {
  return tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
}
