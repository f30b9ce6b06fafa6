/**
 * Attributes of planned resources. One that is known after apply is what it refers to, where that has a name already
 * or a stand-in; else it is unknown, never absent.
 * spec: INPUT-TF-2, INPUT-TF-3, INPUT-PLACEHOLDER-1
 */
import { partitionOfRegion } from '../../../aws/partition.ts';
import { placeholderKeyId, placeholderSuffix } from '../placeholder.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import type { PlannedResource } from './plan-document.ts';
import type { ProviderPlace } from './provider-places.ts';
import type { References } from './references.ts';

export type AttributePath = readonly (string | number)[];

export interface PlanValues {
  /** `null`: none. */
  text(resource: PlannedResource, ...path: AttributePath): Known<string | null>;
  /** A list of texts; unknown as a whole or one by one. */
  texts(resource: PlannedResource, ...path: AttributePath): readonly Known<string>[];
  /** Any value; unknown where the attribute or a part of it is. */
  any(resource: PlannedResource, ...path: AttributePath): Known<unknown>;
  /** Name, ID and ARN of what the plan makes. */
  nameOf(resource: PlannedResource): Known<string>;
  arnOf(resource: PlannedResource): Known<string>;
}

/** Keys of every kind are made by their ID. */
const keyTypes: ReadonlySet<string> = new Set([
  'aws_kms_key',
  'aws_kms_external_key',
  'aws_kms_replica_key',
  'aws_kms_replica_external_key',
]);

const nameAttributes: Readonly<Record<string, string>> = { aws_s3_bucket: 'bucket' };

export function planValues(
  refers: References,
  placeOf: (resource: PlannedResource) => ProviderPlace,
): PlanValues {
  const any: PlanValues['any'] = (resource, ...path) => {
    if (!isUnknownAt(resource.unknown, path)) return valueAt(resource.values, path) ?? null;
    const reference = refers.of(resource, path);
    const later = new UnknownValue(`\`${path.join('.')}\` of ${resource.address} is known after apply`);
    if (reference === null || reference.resource === resource) return later;
    return attributeOf(reference.resource, reference.attribute) ?? later;
  };

  const text: PlanValues['text'] = (resource, ...path) => {
    const value = any(resource, ...path);
    if (isUnknown(value)) return value;
    return typeof value === 'string' && value !== '' ? value : null;
  };

  const values: PlanValues = {
    any,
    text,
    texts: (resource, ...path) => {
      if (isUnknownAt(resource.unknown, path, 'itself')) {
        const value = any(resource, ...path);
        return [
          isUnknown(value)
            ? value
            : new UnknownValue(`\`${path.join('.')}\` of ${resource.address} is known after apply`),
        ];
      }
      const list = valueAt(resource.values, path);
      if (!Array.isArray(list)) return [];
      return list.map((_, i) => {
        const item = text(resource, ...path, i);
        return item ?? new UnknownValue(`\`${path.join('.')}\` of ${resource.address} is known after apply`);
      });
    },
    nameOf,
    arnOf,
  };
  return values;

  /** What another resource refers to, of a resource that may not be made yet. */
  function attributeOf(resource: PlannedResource, attribute: string): unknown {
    const known = resource.values[attribute];
    if (typeof known === 'string' && known !== '' && !isUnknownAt(resource.unknown, [attribute]))
      return known;
    if (resource.mode === 'data') return null;
    if (attribute === 'arn' || (attribute === 'id' && arnIsId.has(resource.type))) return arnOf(resource);
    if (attribute === 'id' || attribute === 'bucket' || attribute === 'name') return nameOf(resource);
    if (attribute === 'key_id' && keyTypes.has(resource.type)) return nameOf(resource);
    if (attribute === 'target_key_arn' || attribute === 'target_key_id') return text(resource, attribute);
    return null;
  }

  function nameOf(resource: PlannedResource): Known<string> {
    const { type, address } = resource;
    if (keyTypes.has(type)) {
      const known = resource.values['key_id'];
      return typeof known === 'string'
        ? known
        : placeholderKeyId(address, resource.values['multi_region'] === true);
    }
    const attribute = nameAttributes[type] ?? 'name';
    const given = resource.values[attribute];
    if (typeof given === 'string' && given !== '') return given;
    const prefix = resource.values[`${attribute}_prefix`];
    if (typeof prefix === 'string' && prefix !== '') return prefix + placeholderSuffix(address);
    if (refers.isWritten(resource, attribute) === false) return `terraform-${placeholderSuffix(address)}`;
    return new UnknownValue(`\`${attribute}\` of ${address} is known after apply`);
  }

  function arnOf(resource: PlannedResource): Known<string> {
    const known = resource.values['arn'];
    if (typeof known === 'string' && known !== '') return known;
    const name = nameOf(resource);
    if (isUnknown(name)) return name;
    const { account, region } = placeOf(resource);
    const partition = partitionOfRegion(region ?? '');
    if (resource.type === 'aws_s3_bucket') return `arn:${partition}:s3:::${name}`;
    if (account === null)
      return new UnknownValue(`the account of ${resource.address} is not known: give it with \`--account\``);
    const path = typeof resource.values['path'] === 'string' ? resource.values['path'] : '/';
    switch (resource.type) {
      case 'aws_iam_role':
        return `arn:${partition}:iam::${account}:role${path}${name}`;
      case 'aws_iam_policy':
        return `arn:${partition}:iam::${account}:policy${path}${name}`;
      case 'aws_iam_service_linked_role':
        return resource.values['aws_service_name'] === 'config.amazonaws.com'
          ? `arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
          : new UnknownValue(`the ARN of ${resource.address} is known after apply`);
      default:
        break;
    }
    if (region === null)
      return new UnknownValue(`the Region of ${resource.address} is not known: give it with \`--region\``);
    if (keyTypes.has(resource.type)) return `arn:${partition}:kms:${region}:${account}:key/${name}`;
    switch (resource.type) {
      case 'aws_kms_alias':
        return `arn:${partition}:kms:${region}:${account}:${name}`;
      case 'aws_sns_topic':
        return `arn:${partition}:sns:${region}:${account}:${name}`;
      default:
        return new UnknownValue(`the ARN of ${resource.address} is known after apply`);
    }
  }
}

/** The provider gives these their ARN as ID. */
const arnIsId: ReadonlySet<string> = new Set([
  'aws_sns_topic',
  'aws_iam_policy',
  'aws_iam_service_linked_role',
]);

/** Whether the node, one around it, or one within it is known after apply. `itself`: the last doesn't count. */
function isUnknownAt(unknown: unknown, path: AttributePath, depth: 'itself' | 'within' = 'within'): boolean {
  let at = unknown;
  for (const part of path) {
    if (at === true) return true;
    at = childOf(at, part);
  }
  return depth === 'itself' ? at === true : holdsTrue(at);
}

function holdsTrue(value: unknown): boolean {
  if (value === true) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsTrue);
}

function valueAt(value: unknown, path: AttributePath): unknown {
  return path.reduce<unknown>(childOf, value);
}

function childOf(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[part];
}
