/**
 * The resource types that matter to a delivery, one entry each: what the resource declares.
 * spec: INPUT-CFN-4, INPUT-UNKNOWN-1
 */
import { readJson } from '../../../policy/document/read-json.ts';
import type {
  BucketSettings,
  Declared,
  DeclaredInlinePolicy,
  DeclaredPlace,
  DeclaredPolicy,
  Origin,
} from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { firstUnknown, isObject, type Resolved } from './intrinsics.ts';
import { arnOf, nameOf, type NamedResource, type NamingPlace } from './template-names.ts';

export interface TemplateResource extends NamingPlace {
  readonly naming: NamedResource;
  readonly scope: string;
  /** `true`, or why it is not known whether the stack has it. */
  readonly exists: true | UnknownValue;
  /** The property with its functions worked out; what is not known in it are `UnknownValue`s. */
  property(name: string): unknown;
  /** The same, not known as a whole where a part is not. */
  resolved(name: string): Known<Resolved>;
  /** `null`: the place of the properties. */
  origin(sourceOf: Resolved['sourceOf'] | null): Origin;
}

type ResourceReader = (resource: TemplateResource, declared: Declared) => void;

export const resourceReaders: Readonly<Record<string, ResourceReader>> = {
  'AWS::Config::ConfigurationRecorder': (resource, declared) => {
    declared.recorders.push({
      ...placeOf(resource),
      roleARN: text(resource, 'RoleARN', 'a recorder names its role'),
    });
  },
  'AWS::Config::DeliveryChannel': (resource, declared) => {
    declared.channels.push({
      ...placeOf(resource),
      s3BucketName: text(resource, 'S3BucketName', 'a channel names its bucket'),
      s3KeyPrefix: textOrNull(resource, 'S3KeyPrefix'),
      s3KmsKeyArn: textOrNull(resource, 'S3KmsKeyArn'),
      snsTopicARN: textOrNull(resource, 'SnsTopicARN'),
    });
  },
  'AWS::S3::Bucket': (resource, declared) => {
    const name = nameOf(resource.naming, resource);
    if (isUnknown(name)) {
      declared.notes.push(`the name of ${resource.naming.logicalId} is not known: ${name.why}`);
      return;
    }
    declared.buckets.push({ ...placeOf(resource), name, settings: bucketSettings(resource) });
  },
  'AWS::S3::BucketPolicy': (resource, declared) => {
    declared.bucketParts.push({
      bucket: text(resource, 'Bucket', 'a bucket policy names its bucket'),
      settings: { policy: policy(resource, 'PolicyDocument') },
      origin: resource.origin(null),
    });
  },
  'AWS::KMS::Key': declareKey,
  'AWS::KMS::ReplicaKey': declareKey,
  'AWS::KMS::Alias': (resource, declared) => {
    declared.aliases.push({
      name: text(resource, 'AliasName', 'an alias has a name'),
      key: text(resource, 'TargetKeyId', 'an alias names its key'),
    });
  },
  'AWS::IAM::Role': (resource, declared) => {
    const arn = arnOf(resource.naming, resource);
    if (isUnknown(arn)) {
      declared.notes.push(`the name of ${resource.naming.logicalId} is not known: ${arn.why}`);
      return;
    }
    declared.roles.push({
      ...placeOf(resource),
      arn,
      trustPolicy: policy(resource, 'AssumeRolePolicyDocument'),
      policies: inlinePolicies(resource),
      managedPolicies: texts(resource, 'ManagedPolicyArns'),
      permissionsBoundary: textOrNull(resource, 'PermissionsBoundary'),
    });
  },
  'AWS::IAM::Policy': (resource, declared) => rolePolicies(resource, texts(resource, 'Roles'), declared),
  'AWS::IAM::RolePolicy': (resource, declared) =>
    rolePolicies(resource, [text(resource, 'RoleName', 'a policy of a role names it')], declared),
  'AWS::IAM::ManagedPolicy': (resource, declared) => {
    const arn = arnOf(resource.naming, resource);
    for (const role of texts(resource, 'Roles'))
      declared.attachments.push({ role, account: resource.account, policyArn: arn });
    if (!isUnknown(arn)) declared.managedPolicies.push({ arn, policy: policy(resource, 'PolicyDocument') });
  },
  'AWS::SNS::Topic': (resource, declared) => {
    const arn = arnOf(resource.naming, resource);
    if (isUnknown(arn)) return;
    declared.topics.push({
      ...placeOf(resource),
      arn,
      policy: null,
      kmsMasterKeyId: textOrNull(resource, 'KmsMasterKeyId'),
    });
  },
  'AWS::SNS::TopicInlinePolicy': (resource, declared) => {
    declared.topicPolicies.push({
      topic: text(resource, 'TopicArn', 'a topic policy names its topic'),
      policy: policy(resource, 'PolicyDocument'),
      origin: resource.origin(null),
    });
  },
  'AWS::Organizations::Policy': (resource, declared) => {
    const kind = resource.property('Type');
    if (kind !== 'SERVICE_CONTROL_POLICY' && kind !== 'RESOURCE_CONTROL_POLICY') return;
    const content = policy(resource, 'Content');
    declared.controlPolicies.push({
      attached: texts(resource, 'TargetIds').map((target) => ({
        address: resource.naming.logicalId,
        kind,
        target,
        document: isUnknown(content) ? content : content.document,
        origin: resource.origin(null),
      })),
      parents: new Map(),
      roots: [],
      organizationId: null,
      managementAccount: null,
    });
  },
  'AWS::CloudFormation::Stack': ({ naming }, declared) => {
    declared.notes.push(`the nested stack ${naming.logicalId} is not read: name its template too`);
  },
  'AWS::SNS::TopicPolicy': (resource, declared) => {
    for (const topic of texts(resource, 'Topics'))
      declared.topicPolicies.push({
        topic,
        policy: policy(resource, 'PolicyDocument'),
        origin: resource.origin(null),
      });
  },
};

function declareKey(resource: TemplateResource, declared: Declared): void {
  const arn = arnOf(resource.naming, resource);
  if (isUnknown(arn)) return;
  const enabled = resource.property('Enabled');
  declared.keys.push({
    ...placeOf(resource),
    arn,
    policy: resource.property('KeyPolicy') === undefined ? null : policy(resource, 'KeyPolicy'),
    keyState: isUnknown(enabled)
      ? enabled
      : enabled === false || enabled === 'false'
        ? 'Disabled'
        : 'Enabled',
  });
}

function placeOf(resource: TemplateResource): DeclaredPlace {
  const { account, region, scope } = resource;
  return { origin: resource.origin(null), account, region, scope };
}

function policy(resource: TemplateResource, name: string): Known<DeclaredPolicy> {
  if (resource.exists !== true) return resource.exists;
  const resolved = resource.resolved(name);
  return isUnknown(resolved) ? resolved : policyOf(resolved, resource);
}

function policyOf({ value, sourceOf }: Resolved, resource: TemplateResource): Known<DeclaredPolicy> {
  const document = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(document)) return new UnknownValue(`\`${resource.naming.logicalId}\` holds no policy`);
  return { document, origin: resource.origin(typeof value === 'string' ? () => sourceOf('') : sourceOf) };
}

function parsed(text: string): unknown {
  const read = readJson(text, { file: null });
  return read.ok ? read.source.value : null;
}

function inlinePolicies(resource: TemplateResource): readonly DeclaredInlinePolicy[] {
  const list = resource.property('Policies');
  if (list === undefined) return [];
  const resolved = resource.resolved('Policies');
  if (!isUnknown(resolved) && Array.isArray(resolved.value)) {
    return (resolved.value as unknown[]).map((item, i) => ({
      name: nameIn(item),
      policy: isObject(item)
        ? policyOf(
            {
              value: item['PolicyDocument'],
              sourceOf: (pointer) => resolved.sourceOf(`/${i}/PolicyDocument${pointer}`),
            },
            resource,
          )
        : new UnknownValue('an inline policy is no object'),
    }));
  }
  // Each by itself: what is known of the others still counts.
  if (!Array.isArray(list)) return [{ name: 'Policies', policy: firstUnknown(list) ?? notAList }];
  return (list as unknown[]).map((item) => {
    const unknown = firstUnknown(item);
    const document = isObject(item) ? item['PolicyDocument'] : undefined;
    return {
      name: nameIn(item),
      policy:
        unknown ??
        (isObject(document)
          ? { document, origin: resource.origin(null) }
          : new UnknownValue('it is no policy')),
    };
  });
}

const notAList = new UnknownValue('`Policies` is no list');

function nameIn(item: unknown): string {
  const name = isObject(item) ? item['PolicyName'] : undefined;
  return typeof name === 'string' ? name : 'inline policy';
}

function rolePolicies(resource: TemplateResource, roles: readonly Known<string>[], declared: Declared): void {
  const name = resource.property('PolicyName');
  for (const role of roles)
    declared.rolePolicies.push({
      role,
      account: resource.account,
      name: typeof name === 'string' ? name : resource.naming.logicalId,
      policy: policy(resource, 'PolicyDocument'),
    });
}

function bucketSettings(resource: TemplateResource): BucketSettings {
  return {
    policy: null,
    encryption: encryption(resource),
    ...ownership(resource),
    ...objectLock(resource),
    ...publicAccess(resource),
  };
}

function encryption(resource: TemplateResource): NonNullable<BucketSettings['encryption']> | null {
  const whole = resource.property('BucketEncryption');
  if (whole === undefined) return null;
  const unknown = firstUnknown(whole);
  if (unknown !== null) return unknown;
  const rules = isObject(whole) ? whole['ServerSideEncryptionConfiguration'] : undefined;
  const rule: unknown = Array.isArray(rules) ? rules[0] : undefined;
  const byDefault = isObject(rule) ? rule['ServerSideEncryptionByDefault'] : undefined;
  if (!isObject(rule) || !isObject(byDefault)) return null;
  const algorithm = byDefault['SSEAlgorithm'];
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse')
    return new UnknownValue('S3 knows no such algorithm of encryption');
  const key = byDefault['KMSMasterKeyID'];
  return {
    sseAlgorithm: algorithm,
    ...(typeof key === 'string' && { kmsMasterKeyID: key }),
    bucketKeyEnabled: isTrue(rule['BucketKeyEnabled']),
  };
}

function ownership(resource: TemplateResource): BucketSettings {
  const whole = resource.property('OwnershipControls');
  const unknown = firstUnknown(whole);
  if (unknown !== null) return { objectOwnership: unknown };
  const rules = isObject(whole) ? whole['Rules'] : undefined;
  const rule: unknown = Array.isArray(rules) ? rules[0] : undefined;
  const value = isObject(rule) ? rule['ObjectOwnership'] : undefined;
  return value === 'BucketOwnerEnforced' || value === 'BucketOwnerPreferred' || value === 'ObjectWriter'
    ? { objectOwnership: value }
    : {};
}

function objectLock(resource: TemplateResource): BucketSettings {
  const enabled = resource.property('ObjectLockEnabled');
  const lock = resource.property('ObjectLockConfiguration');
  const unknown = firstUnknown(lock) ?? firstUnknown(enabled);
  if (unknown !== null) return { objectLock: unknown };
  const rule = isObject(lock) ? lock['Rule'] : undefined;
  return { objectLock: { defaultRetention: isObject(rule) && isObject(rule['DefaultRetention']) } };
}

function publicAccess(resource: TemplateResource): BucketSettings {
  const block = resource.property('PublicAccessBlockConfiguration');
  if (!isObject(block)) return isUnknown(block) ? { publicAccessBlock: block } : {};
  return {
    publicAccessBlock: firstUnknown(block) ?? {
      blockPublicAcls: isTrue(block['BlockPublicAcls']),
      ignorePublicAcls: isTrue(block['IgnorePublicAcls']),
      blockPublicPolicy: isTrue(block['BlockPublicPolicy']),
      restrictPublicBuckets: isTrue(block['RestrictPublicBuckets']),
    },
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function text(resource: TemplateResource, name: string, must: string): Known<string> {
  const value = textOrNull(resource, name);
  return value ?? new UnknownValue(`${resource.naming.logicalId} has no \`${name}\`: ${must}`);
}

function textOrNull(resource: TemplateResource, name: string): Known<string | null> {
  const value = resource.property(name);
  if (value === undefined || value === null || value === '') return null;
  if (isUnknown(value)) return value;
  return typeof value === 'string'
    ? value
    : new UnknownValue(`\`${name}\` of ${resource.naming.logicalId} is no text`);
}

function texts(resource: TemplateResource, name: string): readonly Known<string>[] {
  const value = resource.property(name);
  if (value === undefined) return [];
  if (isUnknown(value)) return [value];
  if (!Array.isArray(value))
    return [new UnknownValue(`\`${name}\` of ${resource.naming.logicalId} is no list`)];
  return (value as unknown[]).map((item) =>
    typeof item === 'string' || isUnknown(item)
      ? item
      : new UnknownValue(`\`${name}\` holds what is no text`),
  );
}
