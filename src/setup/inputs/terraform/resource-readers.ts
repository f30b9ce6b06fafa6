/**
 * The resource types that matter to a delivery, one entry each: what the resource declares.
 * spec: INPUT-TF-4, INPUT-TF-5, INPUT-UNKNOWN-1
 */
import { readJson } from '../../../policy/document/read-json.ts';
import type {
  BucketSettings,
  Declared,
  DeclaredGrant,
  DeclaredInlinePolicy,
  DeclaredPlace,
  DeclaredPolicy,
  Origin,
} from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { isObject, listOf, type Members, type PlannedResource } from './plan-document.ts';
import type { PlanValues } from './plan-values.ts';
import type { ProviderPlace } from './provider-places.ts';

export interface TerraformResource extends ProviderPlace {
  readonly resource: PlannedResource;
  readonly scope: string;
  readonly values: PlanValues;
  /** What the plan changes or destroys, as it is before: computed attributes show it still. */
  readonly earlier: readonly PlannedResource[];
  /** Whether the configuration sets the attribute; `null`: it is not at hand. */
  readonly isWritten: (attribute: string) => boolean | null;
  /** The place of an attribute, or of all values. */
  readonly origin: (attribute: string | null) => Origin;
}

type ResourceReader = (of: TerraformResource, declared: Declared) => void;

export const resourceReaders: Readonly<Record<string, ResourceReader>> = {
  aws_config_configuration_recorder: (of, declared) => {
    declared.recorders.push({ ...placeOf(of), roleARN: needed(of, 'role_arn') });
  },
  aws_config_delivery_channel: (of, declared) => {
    const { resource, values } = of;
    declared.channels.push({
      ...placeOf(of),
      s3BucketName: needed(of, 's3_bucket_name'),
      s3KeyPrefix: values.text(resource, 's3_key_prefix'),
      s3KmsKeyArn: values.text(resource, 's3_kms_key_arn'),
      snsTopicARN: values.text(resource, 'sns_topic_arn'),
    });
  },
  aws_s3_bucket: (of, declared) => {
    const name = of.values.nameOf(of.resource);
    if (isUnknown(name)) declared.notes.push(name.why);
    else declared.buckets.push({ ...placeOf(of), name, settings: ownSettings(of) });
  },
  aws_s3_bucket_policy: bucketPart((of) => ({ policy: policy(of, 'policy') })),
  aws_s3_bucket_server_side_encryption_configuration: bucketPart((of) => ({
    encryption: encryptionOf(of, ['rule', 0]) ?? null,
  })),
  aws_s3_bucket_ownership_controls: bucketPart((of) => {
    const value = of.values.text(of.resource, 'rule', 0, 'object_ownership');
    if (isUnknown(value)) return { objectOwnership: value };
    return value === 'BucketOwnerEnforced' || value === 'BucketOwnerPreferred' || value === 'ObjectWriter'
      ? { objectOwnership: value }
      : {};
  }),
  aws_s3_bucket_public_access_block: bucketPart(({ resource, values }) => {
    const flags = Object.entries(publicAccessFlags).map(
      ([member, attribute]) => [member, values.any(resource, attribute)] as const,
    );
    const unknown = flags.map(([, value]) => value).find(isUnknown);
    return {
      publicAccessBlock:
        unknown ?? Object.fromEntries(flags.map(([member, value]) => [member, value === true])),
    };
  }),
  aws_s3_bucket_object_lock_configuration: bucketPart(({ resource, values }) => {
    const retention = values.any(resource, 'rule', 0, 'default_retention');
    if (isUnknown(retention)) return { objectLock: retention };
    return { objectLock: { defaultRetention: Array.isArray(retention) && retention.length > 0 } };
  }),
  aws_kms_key: keyReader('is_enabled'),
  aws_kms_external_key: keyReader('enabled'),
  aws_kms_replica_key: keyReader('enabled'),
  aws_kms_replica_external_key: keyReader('enabled'),
  aws_kms_key_policy: (of, declared) => {
    declared.keyPolicies.push({
      key: needed(of, 'key_id'),
      policy: policy(of, 'policy'),
      origin: of.origin('policy'),
    });
  },
  aws_kms_alias: (of, declared) => {
    declared.aliases.push({ name: of.values.nameOf(of.resource), key: needed(of, 'target_key_id') });
  },
  aws_kms_grant: (of, declared) => {
    declared.grants.push({
      key: needed(of, 'key_id'),
      origin: of.origin(null),
      grant: grantOf(of, declared),
    });
  },
  aws_iam_role: (of, declared) => {
    const { resource, values } = of;
    const arn = values.arnOf(resource);
    if (isUnknown(arn)) {
      declared.notes.push(arn.why);
      return;
    }
    declared.roles.push({
      ...placeOf(of),
      arn,
      trustPolicy: policy(of, 'assume_role_policy'),
      policies: inlinePolicies(of),
      // Computed where the role does not manage them itself: the attachments say them.
      managedPolicies:
        of.isWritten('managed_policy_arns') === false
          ? known(of)
          : values.texts(resource, 'managed_policy_arns'),
      permissionsBoundary: values.text(resource, 'permissions_boundary'),
    });
  },
  aws_iam_role_policy: (of, declared) => {
    const name = of.values.nameOf(of.resource);
    declared.rolePolicies.push({
      role: needed(of, 'role'),
      account: of.account,
      name: isUnknown(name) ? of.resource.address : name,
      policy: policy(of, 'policy'),
    });
  },
  aws_iam_role_policy_attachment: (of, declared) => {
    declared.attachments.push({
      role: needed(of, 'role'),
      account: of.account,
      policyArn: needed(of, 'policy_arn'),
    });
  },
  // What is not in the list is taken from the role. spec: INPUT-TF-5
  aws_iam_role_policies_exclusive: (of, declared) => {
    declared.exclusives.push({
      kind: 'inline',
      role: needed(of, 'role_name'),
      account: of.account,
      only: of.values.texts(of.resource, 'policy_names'),
    });
  },
  aws_iam_role_policy_attachments_exclusive: (of, declared) => {
    declared.exclusives.push({
      kind: 'attached',
      role: needed(of, 'role_name'),
      account: of.account,
      only: of.values.texts(of.resource, 'policy_arns'),
    });
  },
  aws_iam_policy_attachment: (of, declared) => {
    const { resource, values } = of;
    for (const role of values.texts(resource, 'roles'))
      declared.attachments.push({ role, account: of.account, policyArn: needed(of, 'policy_arn') });
  },
  aws_iam_policy: (of, declared) => {
    const arn = of.values.arnOf(of.resource);
    if (!isUnknown(arn)) declared.managedPolicies.push({ arn, policy: policy(of, 'policy') });
  },
  aws_sns_topic: (of, declared) => {
    const { resource, values } = of;
    const arn = values.arnOf(resource);
    if (isUnknown(arn)) {
      declared.notes.push(arn.why);
      return;
    }
    const isDefault = of.isWritten('policy') === false && typeof resource.values['policy'] !== 'string';
    const replaced = earlierOf(of, 'aws_sns_topic_policy').find((earlier) => earlier.values['arn'] === arn);
    declared.topics.push({
      ...placeOf(of),
      arn,
      policy:
        replaced !== undefined && of.isWritten('policy') !== true
          ? new UnknownValue(`the plan changes or destroys ${replaced.address}`)
          : isDefault
            ? null
            : policy(of, 'policy'),
      kmsMasterKeyId: values.text(resource, 'kms_master_key_id'),
    });
  },
  aws_sns_topic_policy: (of, declared) => {
    declared.topicPolicies.push({
      topic: needed(of, 'arn'),
      policy: policy(of, 'policy'),
      origin: of.origin('policy'),
    });
  },
};

/** What data sources say of things that others made. */
export const dataReaders: Readonly<Record<string, ResourceReader>> = {
  aws_s3_bucket_policy: bucketPart((of) => ({ policy: policy(of, 'policy') })),
  aws_iam_policy: (of, declared) => {
    const arn = of.values.text(of.resource, 'arn');
    if (typeof arn === 'string') declared.managedPolicies.push({ arn, policy: policy(of, 'policy') });
  },
};

function keyReader(enabledAttribute: string): ResourceReader {
  return (of, declared) => {
    const { resource, values } = of;
    const arn = values.arnOf(resource);
    if (isUnknown(arn)) {
      declared.notes.push(arn.why);
      return;
    }
    const isDefault = of.isWritten('policy') === false && typeof resource.values['policy'] !== 'string';
    const enabled = values.any(resource, enabledAttribute);
    const replaced = earlierOf(of, 'aws_kms_key_policy').find(
      ({ values: { key_id: id } }) => id === arn || id === resource.values['key_id'],
    );
    declared.keys.push({
      ...placeOf(of),
      arn,
      policy:
        replaced !== undefined && of.isWritten('policy') !== true
          ? new UnknownValue(`the plan changes or destroys ${replaced.address}`)
          : isDefault
            ? null
            : policy(of, 'policy'),
      keyState: isUnknown(enabled) ? enabled : enabled === false ? 'Disabled' : 'Enabled',
    });
  };
}

/** A grant of which a part is not known may let anybody do what it lists, and never more. */
function grantOf(of: TerraformResource, declared: Declared): DeclaredGrant['grant'] {
  const { resource, values } = of;
  const grantee = needed(of, 'grantee_principal');
  const listed = values.texts(resource, 'operations');
  const constraints = values.any(resource, 'constraints');
  const unknown = listed.find(isUnknown);
  if (unknown !== undefined) return unknown;
  const operations = listed.filter((name) => typeof name === 'string');
  if (isUnknown(grantee) || isUnknown(constraints)) {
    const why = isUnknown(grantee) ? grantee : constraints;
    if (isUnknown(why))
      declared.notes.push(`${resource.address} may let anybody do what it lists: ${why.why}`);
    return { operations };
  }
  const [constraint] = Array.isArray(constraints) ? (constraints as unknown[]) : [];
  return {
    granteePrincipal: grantee,
    operations,
    ...(isObject(constraint) && {
      constraints: {
        encryptionContextSubset: textMap(constraint['encryption_context_subset']),
        encryptionContextEquals: textMap(constraint['encryption_context_equals']),
      },
    }),
  };
}

const publicAccessFlags = {
  blockPublicAcls: 'block_public_acls',
  ignorePublicAcls: 'ignore_public_acls',
  blockPublicPolicy: 'block_public_policy',
  restrictPublicBuckets: 'restrict_public_buckets',
} as const;

function placeOf({ origin, account, region, scope }: TerraformResource): DeclaredPlace {
  return { origin: origin(null), account, region, scope };
}

function bucketPart(settingsOf: (of: TerraformResource) => BucketSettings): ResourceReader {
  return (of, declared) => {
    declared.bucketParts.push({
      bucket: needed(of, 'bucket'),
      settings: settingsOf(of),
      origin: of.origin(null),
    });
  };
}

function needed({ resource, values }: TerraformResource, attribute: string): Known<string> {
  return (
    values.text(resource, attribute) ??
    new UnknownValue(`${resource.address} has no \`${attribute}\` in the plan`)
  );
}

/** A policy is a text in Terraform: known as a whole, or not at all. */
function policy({ resource, origin }: TerraformResource, attribute: string): Known<DeclaredPolicy> {
  const text = resource.values[attribute];
  if (typeof text !== 'string' || text === '')
    return new UnknownValue(`\`${attribute}\` of ${resource.address} is known after apply`);
  return parsed(text, resource.address, origin(attribute));
}

function parsed(text: string, address: string, origin: Origin): Known<DeclaredPolicy> {
  const read = readJson(text, { file: null });
  if (read.ok && isObject(read.source.value)) return { document: read.source.value, origin };
  return new UnknownValue(`the policy of ${address} is no JSON`);
}

function inlinePolicies(of: TerraformResource): readonly DeclaredInlinePolicy[] {
  const { resource, values, origin, isWritten } = of;
  const whole = values.any(resource, 'inline_policy');
  // Computed from what other resources give the role, unless it is written here.
  if (isUnknown(whole) && isWritten('inline_policy') === false) return [];
  if (isUnknown(whole) && !Array.isArray(resource.values['inline_policy']))
    return [{ name: `${resource.address}.inline_policy`, policy: whole }];
  return listOf(resource.values, 'inline_policy').flatMap((item) => {
    const text = item['policy'];
    const name = typeof item['name'] === 'string' ? item['name'] : `${resource.address}.inline_policy`;
    if (text === '') return [];
    const isReplaced = earlierOf(of, 'aws_iam_role_policy').some(
      ({ values: earlier }) => earlier['name'] === name && earlier['role'] === resource.values['name'],
    );
    if (isReplaced && isWritten('inline_policy') !== true) return [];
    return typeof text === 'string'
      ? [{ name, policy: parsed(text, resource.address, origin('inline_policy')) }]
      : isUnknown(whole)
        ? [{ name, policy: whole }]
        : [];
  });
}

/** The managed policies that a role is known to have already, and keeps. */
function known(of: TerraformResource): readonly string[] {
  const { values } = of.resource;
  const list = values['managed_policy_arns'];
  const detached = new Set([
    ...earlierOf(of, 'aws_iam_role_policy_attachment')
      .filter((earlier) => earlier.values['role'] === values['name'])
      .map((earlier) => earlier.values['policy_arn']),
    ...earlierOf(of, 'aws_iam_policy_attachment')
      .filter(({ values: { roles } }) => Array.isArray(roles) && roles.includes(values['name']))
      .map((earlier) => earlier.values['policy_arn']),
  ]);
  return Array.isArray(list)
    ? (list as unknown[]).filter((arn) => typeof arn === 'string').filter((arn) => !detached.has(arn))
    : [];
}

function earlierOf({ earlier }: TerraformResource, type: string): readonly PlannedResource[] {
  return earlier.filter((resource) => resource.type === type);
}

/** What the bucket itself says: all of it where it is made already, else what its own blocks set. */
function ownSettings(of: TerraformResource): BucketSettings {
  const { resource } = of;
  const text = resource.values['policy'];
  const encryption = encryptionOf(of, ['server_side_encryption_configuration', 0, 'rule', 0]);
  const [lock] = listOf(resource.values, 'object_lock_configuration');
  const [rule] = lock === undefined ? [] : listOf(lock, 'rule');
  /** Its computed attribute holds what the plan changes or destroys. */
  const isStale = (type: string, attribute: string): boolean =>
    of.isWritten(attribute) !== true &&
    earlierOf(of, type).some((earlier) => earlier.values['bucket'] === resource.values['bucket']);
  const isReplaced = isStale('aws_s3_bucket_policy', 'policy');
  const isEncryptionReplaced = isStale(
    'aws_s3_bucket_server_side_encryption_configuration',
    'server_side_encryption_configuration',
  );
  const isLockReplaced = isStale('aws_s3_bucket_object_lock_configuration', 'object_lock_configuration');
  return {
    policy:
      typeof text === 'string' && text !== '' && !isReplaced
        ? parsed(text, resource.address, of.origin('policy'))
        : of.isWritten('policy') === true
          ? new UnknownValue(`\`policy\` of ${resource.address} is known after apply`)
          : null,
    // Without a configuration of its own S3 encrypts with its own key.
    encryption: isEncryptionReplaced ? null : encryption,
    objectLock: {
      defaultRetention: !isLockReplaced && rule !== undefined && listOf(rule, 'default_retention').length > 0,
    },
  };
}

function encryptionOf(
  { resource, values, isWritten }: TerraformResource,
  path: readonly (string | number)[],
): NonNullable<BucketSettings['encryption']> | null {
  const [first = ''] = path;
  const rule = values.any(resource, ...path);
  // A block that nobody wrote is computed: what S3 does by itself.
  if (isUnknown(rule) && resource.type === 'aws_s3_bucket' && isWritten(String(first)) === false) return null;
  const at = [...path, 'apply_server_side_encryption_by_default', 0] as const;
  const algorithm = values.text(resource, ...at, 'sse_algorithm');
  if (isUnknown(algorithm)) return algorithm;
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return null;
  const key = values.text(resource, ...at, 'kms_master_key_id');
  if (isUnknown(key)) return key;
  return {
    sseAlgorithm: algorithm,
    ...(key !== null && { kmsMasterKeyID: key }),
    bucketKeyEnabled: values.any(resource, ...path, 'bucket_key_enabled') === true,
  };
}

function textMap(value: unknown): Readonly<Record<string, string>> | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value satisfies Members).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
