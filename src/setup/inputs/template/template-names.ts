/**
 * What `Ref` and `Fn::GetAtt` give for the resources that matter to a delivery. A name that CloudFormation will choose
 * is a stand-in, the same wherever the template refers to it.
 * spec: INPUT-CFN-2, INPUT-PLACEHOLDER-1
 */
import { placeholderKeyId, placeholderSuffix } from '../placeholder.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';

export interface NamingPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** What names begin with that CloudFormation chooses. */
  readonly stackName: string;
}

/** A resource as naming sees it: its type, and its properties resolved one at a time. */
export interface NamedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly property: (name: string) => unknown;
}

export function refOf(resource: NamedResource, place: NamingPlace): Known<unknown> {
  switch (resource.type) {
    case 'AWS::KMS::Key':
    case 'AWS::KMS::ReplicaKey':
      return keyIdOf(resource);
    case 'AWS::IAM::ManagedPolicy':
    case 'AWS::SNS::Topic':
      return arnOf(resource, place);
    default:
      return nameOf(resource, place);
  }
}

export function attributeOf(resource: NamedResource, attribute: string, place: NamingPlace): Known<unknown> {
  const { type, logicalId } = resource;
  if (attribute === 'Arn' || (attribute === 'TopicArn' && type === 'AWS::SNS::Topic'))
    return arnOf(resource, place);
  if (attribute === 'KeyId' && isKey(type)) return keyIdOf(resource);
  if (attribute === 'TopicName' || attribute === 'RoleName') return nameOf(resource, place);
  return new UnknownValue(`\`${logicalId}.${attribute}\` is known when the stack is made`);
}

/** The ARN of what has one; unknown for all other types. */
export function arnOf(resource: NamedResource, place: NamingPlace): Known<string> {
  const { partition, account, region } = place;
  const name = nameOf(resource, place);
  if (isUnknown(name)) return name;
  switch (resource.type) {
    case 'AWS::S3::Bucket':
      return `arn:${partition}:s3:::${name}`;
    case 'AWS::KMS::Key':
    case 'AWS::KMS::ReplicaKey':
      return `arn:${partition}:kms:${region}:${account}:key/${keyIdOf(resource)}`;
    case 'AWS::IAM::Role':
      return `arn:${partition}:iam::${account}:role${pathOf(resource)}${name}`;
    case 'AWS::IAM::ManagedPolicy':
      return `arn:${partition}:iam::${account}:policy${pathOf(resource)}${name}`;
    case 'AWS::IAM::ServiceLinkedRole':
      return `arn:${partition}:iam::${account}:role/aws-service-role/${String(resource.property('AWSServiceName'))}/${name}`;
    case 'AWS::SNS::Topic':
      return `arn:${partition}:sns:${region}:${account}:${name}`;
    default:
      return new UnknownValue(`the ARN of \`${resource.logicalId}\` is known when the stack is made`);
  }
}

const nameProperties: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': 'PolicyName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Config::ConfigurationRecorder': 'Name',
  'AWS::Config::DeliveryChannel': 'Name',
};

export function nameOf(resource: NamedResource, { stackName }: NamingPlace): Known<string> {
  const { type, logicalId } = resource;
  if (isKey(type)) return keyIdOf(resource);
  if (type === 'AWS::IAM::ServiceLinkedRole')
    return resource.property('AWSServiceName') === 'config.amazonaws.com'
      ? 'AWSServiceRoleForConfig'
      : new UnknownValue(`the name of \`${logicalId}\` is known when the stack is made`);
  const property = nameProperties[type];
  if (property === undefined)
    return new UnknownValue(`\`Ref: ${logicalId}\` (${type}) is known when the stack is made`);
  const given = resource.property(property);
  if (isUnknown(given)) return given;
  if (typeof given === 'string' || typeof given === 'number') return String(given);
  const made = `${stackName}-${logicalId}-${placeholderSuffix(logicalId)}`;
  return type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
}

function isKey(type: string): boolean {
  return type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey';
}

function keyIdOf({ logicalId, type, property }: NamedResource): string {
  const primary = type === 'AWS::KMS::ReplicaKey' ? property('PrimaryKeyArn') : null;
  // A replica has the ID of its primary key.
  if (typeof primary === 'string' && primary.includes(':key/'))
    return primary.slice(primary.lastIndexOf('/') + 1);
  return placeholderKeyId(logicalId, String(property('MultiRegion')) === 'true' || type !== 'AWS::KMS::Key');
}

function pathOf({ property }: NamedResource): string {
  const path = property('Path');
  return typeof path === 'string' ? path : '/';
}
