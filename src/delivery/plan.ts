/**
 * What AWS Config does to deliver: one table of steps, the only statement of it. The checker judges these rows, the
 * worker of the server sends them, generated policies allow them, the documentation prints them.
 * Data and pure functions of it; decides nothing.
 */
import { checkFileKey, historyKey, oversizedKey, snapshotKey } from './object-keys.ts';

export type PhaseName = 'channel-setup' | 'delivery' | 'notification';

/** As whom AWS Config acts in an attempt. */
export type Identity = 'role' | 'service-principal';

/**
 * - `always`: a refusal ends the attempt
 * - `documented`: AWS lists it as required, while requests are seen to succeed without it
 * - `never`: a refusal is tolerated
 */
export type Requirement = 'always' | 'documented' | 'never';

/** The facts of one delivery that decide which requests are made and what they carry. */
export interface Delivery {
  readonly partition: string;
  /** The recorder's account and Region: those of the delivery channel. */
  readonly account: string;
  readonly region: string;
  readonly organization: Membership;
  readonly roleArn: string;
  readonly bucket: DeliveryBucket;
  /** The channel's `s3KeyPrefix`. */
  readonly prefix: string | null;
  /** The channel's `s3KmsKeyArn` as it is written, which AWS Config sends in a header; `null`: it sends none. */
  readonly channelKey: string | null;
  /** The key that encrypts the objects; `null`: no KMS key does. */
  readonly key: DeliveryKey | null;
  readonly topic: DeliveryTopic | null;
  /** The moment that stands in object keys. */
  readonly atMillis: number;
  /** What the sample file of each kind is about. */
  readonly configSnapshotId: string;
  readonly resourceType: string;
  readonly resourceId: string;
}

export interface DeliveryBucket extends Owned {
  readonly name: string;
  readonly region: string;
  /** Whether ACLs count there, so that an ACL header asks for `s3:PutObjectAcl`. */
  readonly areAclsEnabled: boolean;
  readonly isBucketKeyEnabled: boolean;
}

export interface DeliveryKey extends Owned {
  /** The key's ARN; an alias ARN or what else is written where it can't be resolved. */
  readonly arn: string;
}

export interface DeliveryTopic extends Owned {
  readonly arn: string;
  readonly region: string;
  /** The topic's customer managed key. */
  readonly key: DeliveryKey | null;
}

interface Owned {
  /** `null`: not given. */
  readonly account: string | null;
  readonly organization: Membership;
}

/** The organization of an account. `path`: `o-.../r-.../ou-.../`, `null` where it was not given. */
export type Membership =
  | { readonly kind: 'member'; readonly id: string; readonly path: string | null }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: string };

/** What a request carries, by condition key as AWS spells it. `null`: known to be absent. */
export type ContextEntries = Readonly<Record<string, ContextEntry>>;
export type ContextEntry = string | boolean | readonly string[] | null | { readonly unknown: string };

export interface DeliveryStep {
  readonly id: string;
  readonly phase: PhaseName;
  readonly action: string;
  readonly target: 'role' | 'bucket' | 'object' | 'key' | 'topic' | 'topic-key';
  /** The attempts in which it is made. */
  readonly as: readonly Identity[];
  /** Who sends it: AssumeRole is called by the service, whoever it is for. */
  readonly caller: 'attempt' | 'service-principal';
  /** The part of the server that makes the request: S3 and SNS call KMS on behalf of whoever calls them. */
  readonly sentBy: 'worker' | 's3' | 'sns';
  /** The requirements that say so. */
  readonly spec: readonly string[];
  /** Whether the step is made at all in this delivery. Asked before the functions below. */
  applies(delivery: Delivery, identity: Identity): boolean;
  required(delivery: Delivery): Requirement;
  /** The ARN of what the request is about. */
  resource(delivery: Delivery): string;
  context(delivery: Delivery, identity: Identity): ContextEntries;
}

export const configServicePrincipal = 'config.amazonaws.com';

/** The order in which AWS Config tries. spec: DLV-FALLBACK-1 */
export const identities: readonly Identity[] = ['role', 'service-principal'];

export const phases: readonly PhaseName[] = ['channel-setup', 'delivery', 'notification'];

/** The name of the role's session: seen in logs, nowhere promised. spec: DLV-SESSION-1 */
export function sessionName(phase: PhaseName): string {
  return phase === 'channel-setup' ? 'AWSConfig-BucketConfigCheck' : 'AWSConfig-Describe';
}

/** The session under which the role acts: its name only, without path. */
export function sessionArn(roleArn: string, phase: PhaseName): string {
  const [, partition = 'aws', , , account = '', resource = ''] = roleArn.split(':');
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName(phase)}`;
}

/** What AWS Config sends as `aws:SourceArn`; the star is part of the value. spec: DLV-CTX-1 */
export function sourceArn({
  partition,
  region,
  account,
}: Pick<Delivery, 'partition' | 'region' | 'account'>): string {
  return `arn:${partition}:config:${region}:${account}:*`;
}

/** Whether AWS made this role for AWS Config. spec: DLV-SLR-1 */
export function isConfigServiceLinkedRole(roleArn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\/config\.amazonaws\.com\//.test(roleArn);
}

export function objectArn(delivery: Delivery, key: string): string {
  return `arn:${delivery.partition}:s3:::${delivery.bucket.name}/${key}`;
}

/** The files of a delivery, with the key of each. */
export const deliveredFiles = {
  'check-file': { phase: 'channel-setup', spec: 'DLV-PLAN-4', key: checkFile, isWritten: () => true },
  snapshot: { phase: 'delivery', spec: 'DLV-PLAN-5', key: snapshot, isWritten: () => true },
  history: { phase: 'delivery', spec: 'DLV-PLAN-6', key: history, isWritten: () => true },
  oversized: { phase: 'delivery', spec: 'DLV-PLAN-7', key: oversized, isWritten: hasTopic },
} as const satisfies Record<string, DeliveredFile>;

export interface DeliveredFile {
  readonly phase: PhaseName;
  readonly spec: string;
  readonly key: (delivery: Delivery) => string;
  readonly isWritten: (delivery: Delivery) => boolean;
}

export type DeliveredFileName = keyof typeof deliveredFiles;

/** Every step, in the order in which AWS Config takes them within a phase. */
export const deliveryPlan: readonly DeliveryStep[] = [
  // spec: DLV-PLAN-1
  assumeRole('channel-setup', ['DLV-PLAN-1']),
  // spec: DLV-PLAN-2
  bucketStep('s3:ListBucket', 'never', ['DLV-PLAN-2']),
  // spec: DLV-PLAN-3
  bucketStep('s3:GetBucketAcl', 'always', ['DLV-PLAN-3']),
  // spec: DLV-PLAN-4
  ...writing('check-file'),
  // spec: DLV-PLAN-13
  assumeRole('delivery', ['DLV-PLAN-13']),
  // spec: DLV-PLAN-5, DLV-PLAN-6, DLV-PLAN-7
  ...writing('snapshot'),
  ...writing('history'),
  ...writing('oversized'),
  // spec: DLV-PLAN-11, DLV-PLAN-12
  publish(),
  topicKeyStep('kms:GenerateDataKey'),
  topicKeyStep('kms:Decrypt'),
];

function assumeRole(phase: PhaseName, spec: readonly string[]): DeliveryStep {
  return {
    id: `${phase}.assume-role`,
    phase,
    action: 'sts:AssumeRole',
    target: 'role',
    as: ['role'],
    caller: 'service-principal',
    sentBy: 'worker',
    spec,
    applies: () => true,
    required: () => 'always',
    resource: ({ roleArn }) => roleArn,
    context: (delivery) => ({
      ...everyRequest(delivery, {
        // Which Region's STS endpoint AWS Config calls is nowhere said.
        region: { unknown: "the Region of AWS Config's call to STS is not documented" },
        account: accountOf(delivery.roleArn),
        organization: delivery.organization,
      }),
      ...sourceKeys(delivery),
      'sts:RoleSessionName': { unknown: 'the name of the session is not documented' },
    }),
  };
}

function bucketStep(
  action: 's3:ListBucket' | 's3:GetBucketAcl',
  required: Requirement,
  spec: readonly string[],
): DeliveryStep {
  return {
    id: `channel-setup.${action === 's3:ListBucket' ? 'list-bucket' : 'get-bucket-acl'}`,
    phase: 'channel-setup',
    action,
    target: 'bucket',
    as: identities,
    caller: 'attempt',
    sentBy: 'worker',
    spec,
    applies: () => true,
    required: () => required,
    resource: ({ partition, bucket }) => `arn:${partition}:s3:::${bucket.name}`,
    context: (delivery, identity) => ({
      ...everyRequest(delivery, delivery.bucket),
      ...identityKeys(delivery, identity),
      ...s3Request(delivery),
    }),
  };
}

/** The steps that writing one file takes. */
function writing(file: DeliveredFileName): readonly DeliveryStep[] {
  const { phase, spec, key, isWritten }: DeliveredFile = deliveredFiles[file];
  const objectStep = {
    phase,
    target: 'object',
    caller: 'attempt',
    resource: (delivery) => objectArn(delivery, key(delivery)),
    context: (delivery, identity) => ({
      ...everyRequest(delivery, delivery.bucket),
      ...identityKeys(delivery, identity),
      ...s3Request(delivery),
      ...uploadHeaders(delivery),
    }),
  } satisfies Partial<DeliveryStep>;
  const keyStep = (action: 'kms:GenerateDataKey' | 'kms:Decrypt', required: Requirement): DeliveryStep => ({
    id: `${file}.${action === 'kms:Decrypt' ? 'decrypt' : 'generate-data-key'}`,
    phase,
    action,
    target: 'key',
    as: identities,
    caller: 'attempt',
    sentBy: 's3',
    // spec: DLV-PLAN-9, DLV-PLAN-10
    spec: [action === 'kms:Decrypt' ? 'DLV-PLAN-10' : 'DLV-PLAN-9'],
    applies: (delivery) => delivery.key !== null && isWritten(delivery),
    required: () => required,
    resource: ({ key: kmsKey }) => kmsKey?.arn ?? '',
    context: (delivery, identity) => {
      const encrypted = delivery.bucket.isBucketKeyEnabled
        ? `arn:${delivery.partition}:s3:::${delivery.bucket.name}`
        : objectArn(delivery, key(delivery));
      return {
        ...keyRequest(delivery, identity, delivery.key, 's3', delivery.bucket.region),
        // spec: DLV-CTX-6
        'kms:EncryptionContext:aws:s3:arn': encrypted,
        'kms:EncryptionContextKeys': ['aws:s3:arn'],
      };
    },
  });
  return [
    {
      ...objectStep,
      id: `${file}.put-object`,
      action: 's3:PutObject',
      as: identities,
      sentBy: 'worker',
      spec: [spec],
      applies: isWritten,
      required: () => 'always',
    },
    {
      ...objectStep,
      id: `${file}.put-object-acl`,
      action: 's3:PutObjectAcl',
      as: ['role'],
      sentBy: 's3',
      // spec: DLV-PLAN-8
      spec: ['DLV-PLAN-8'],
      applies: (delivery, identity) =>
        identity === 'role' && delivery.bucket.areAclsEnabled && isWritten(delivery),
      required: () => 'documented',
    },
    keyStep('kms:GenerateDataKey', 'always'),
    keyStep('kms:Decrypt', 'documented'),
  ];
}

function publish(): DeliveryStep {
  return {
    id: 'notification.publish',
    phase: 'notification',
    action: 'sns:Publish',
    target: 'topic',
    as: identities,
    caller: 'attempt',
    sentBy: 'worker',
    spec: ['DLV-PLAN-11'],
    applies: hasTopic,
    required: () => 'always',
    resource: ({ topic }) => topic?.arn ?? '',
    context: (delivery, identity) => ({
      ...(delivery.topic === null ? {} : everyRequest(delivery, delivery.topic)),
      ...identityKeys(delivery, identity),
    }),
  };
}

function topicKeyStep(action: 'kms:GenerateDataKey' | 'kms:Decrypt'): DeliveryStep {
  return {
    id: `notification.${action === 'kms:Decrypt' ? 'decrypt' : 'generate-data-key'}`,
    phase: 'notification',
    action,
    target: 'topic-key',
    as: identities,
    caller: 'attempt',
    sentBy: 'sns',
    spec: ['DLV-PLAN-12'],
    applies: ({ topic }) => topic !== null && topic.key !== null,
    required: () => 'always',
    resource: ({ topic }) => topic?.key?.arn ?? '',
    context: (delivery, identity) => ({
      ...keyRequest(
        delivery,
        identity,
        delivery.topic?.key ?? null,
        'sns',
        delivery.topic?.region ?? delivery.region,
      ),
      'kms:EncryptionContext:aws:sns:topicArn': delivery.topic?.arn ?? null,
      'kms:EncryptionContextKeys': ['aws:sns:topicArn'],
    }),
  };
}

function checkFile(delivery: Delivery): string {
  return checkFileKey(delivery);
}

function snapshot(delivery: Delivery): string {
  return snapshotKey(delivery, delivery);
}

function history(delivery: Delivery): string {
  const { atMillis, resourceType } = delivery;
  return historyKey(delivery, { atMillis, resourceType, fromMillis: atMillis, toMillis: atMillis, part: 1 });
}

function oversized(delivery: Delivery): string {
  return oversizedKey(delivery, delivery);
}

function hasTopic({ topic }: Delivery): boolean {
  return topic !== null;
}

interface Target {
  readonly region: ContextEntry;
  readonly account: string | null;
  readonly organization: Membership;
}

/** What every request of a delivery carries. spec: DLV-CTX-8 */
function everyRequest(delivery: Delivery, target: Target): ContextEntries {
  const at = new Date(delivery.atMillis).toISOString();
  return {
    'aws:SecureTransport': true,
    'aws:RequestedRegion': target.region,
    'aws:ResourceAccount': target.account ?? { unknown: "the resource's account was not given" },
    'aws:ResourceOrgID': organizationId(target.organization),
    'aws:ResourceOrgPaths': organizationPaths(target.organization),
    'aws:CurrentTime': at,
    'aws:EpochTime': String(Math.floor(delivery.atMillis / 1000)),
    'aws:SourceIp': null,
    'aws:SourceVpc': null,
    'aws:SourceVpce': null,
    'aws:VpcSourceIp': null,
    'aws:UserAgent': { unknown: 'the user agent of AWS Config is not documented' },
    'aws:referer': null,
  };
}

/** spec: DLV-CTX-1, DLV-CTX-3 */
function identityKeys(delivery: Delivery, identity: Identity): ContextEntries {
  return identity === 'service-principal'
    ? sourceKeys(delivery)
    : {
        'aws:SourceAccount': null,
        'aws:SourceArn': null,
        'aws:SourceOrgID': null,
        'aws:SourceOrgPaths': null,
      };
}

function sourceKeys(delivery: Delivery): ContextEntries {
  return {
    'aws:SourceAccount': delivery.account,
    'aws:SourceArn': sourceArn(delivery),
    // spec: DLV-CTX-2
    'aws:SourceOrgID': organizationId(delivery.organization),
    'aws:SourceOrgPaths': organizationPaths(delivery.organization),
  };
}

function organizationId(membership: Membership): ContextEntry {
  switch (membership.kind) {
    case 'member':
      return membership.id;
    case 'none':
      return null;
    case 'unknown':
      return { unknown: membership.why };
  }
}

function organizationPaths(membership: Membership): ContextEntry {
  switch (membership.kind) {
    case 'member':
      return membership.path === null
        ? { unknown: "the account's path in its organization was not given" }
        : [membership.path];
    case 'none':
      return null;
    case 'unknown':
      return { unknown: membership.why };
  }
}

function s3Request({ bucket }: Delivery): ContextEntries {
  return {
    's3:ResourceAccount': bucket.account ?? { unknown: "the bucket's account was not given" },
    's3:TlsVersion': { unknown: 'the TLS version of AWS Config is not documented' },
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:authType': 'REST-HEADER',
    's3:signatureAge': { unknown: 'it depends on the moment' },
    's3:x-amz-content-sha256': { unknown: 'whether AWS Config signs payloads is not documented' },
  };
}

/** The headers of an upload that policies can ask about. */
function uploadHeaders({ channelKey }: Delivery): ContextEntries {
  return {
    // spec: DLV-CTX-4
    's3:x-amz-acl': 'bucket-owner-full-control',
    // spec: DLV-CTX-5
    's3:x-amz-server-side-encryption': channelKey === null ? null : 'aws:kms',
    's3:x-amz-server-side-encryption-aws-kms-key-id': keyHeader(channelKey),
    's3:x-amz-server-side-encryption-customer-algorithm': null,
    's3:x-amz-storage-class': { unknown: 'the storage class that AWS Config asks for is not documented' },
    's3:if-none-match': null,
    's3:if-match': null,
  };
}

function keyHeader(channelKey: string | null): ContextEntry {
  if (channelKey === null || /:key\/[^/]+$/.test(channelKey)) return channelKey;
  return { unknown: 'whether S3 compares the alias in the header or the key behind it is not documented' };
}

/** What a request to KMS carries that S3 or SNS makes. spec: DLV-CTX-7 */
function keyRequest(
  delivery: Delivery,
  identity: Identity,
  key: DeliveryKey | null,
  service: 's3' | 'sns',
  serviceRegion: string,
): ContextEntries {
  const region = key === null ? serviceRegion : (key.arn.split(':')[3] ?? serviceRegion);
  const undocumented = {
    unknown: `not documented where ${service.toUpperCase()} calls KMS for a service principal`,
  };
  const isRole = identity === 'role';
  return {
    ...(key === null ? {} : everyRequest(delivery, { ...key, region })),
    ...identityKeys(delivery, identity),
    'kms:ViaService': isRole ? viaService(delivery.partition, service, serviceRegion) : undocumented,
    'kms:CallerAccount': isRole ? accountOf(delivery.roleArn) : undocumented,
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    'kms:KeyUsage': 'ENCRYPT_DECRYPT',
    'kms:KeyOrigin': { unknown: "the origin of the key's material is not part of a setup" },
    'kms:MultiRegion': key === null ? null : /:key\/mrk-/.test(key.arn),
    'kms:RequestAlias':
      delivery.channelKey?.includes(':alias/') === true
        ? { unknown: 'whether S3 hands the alias on to KMS is not documented' }
        : null,
    // spec: IAM-FAS-1
    'aws:ViaAWSService': isRole ? true : undocumented,
  };
}

/** In China AWS's hosts end in `.com.cn`; whether the key's value does was not found. spec: DLV-CTX-7 */
function viaService(partition: string, service: string, region: string): ContextEntry {
  if (partition === 'aws-cn') return { unknown: 'how kms:ViaService ends in China is not documented' };
  return `${service}.${region}.amazonaws.com`;
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
