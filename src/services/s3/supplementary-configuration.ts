/**
 * What AWS Config records of a bucket beside its name: every setting, in the spelling of AWS's older Java SDK.
 * The ACL is a text, the rest are objects; what was never set is absent or `null`, as seen.
 * spec: CFG-ITEM-4, CFG-ITEM-7
 */
import type {
  AccelerateConfiguration,
  BucketLoggingStatus,
  CORSConfiguration,
  FilterRule,
  Event,
  LifecycleRule,
  NotificationConfiguration,
  BucketLifecycleConfiguration,
  ReplicationConfiguration,
  RequestPaymentConfiguration,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import { canonicalUserId } from './canonical-user.ts';
import { settingOf } from './kept-setting.ts';
import type { AclPermission, BucketRecord } from './ports.ts';

export function supplementaryConfiguration(bucket: BucketRecord): Readonly<Record<string, unknown>> {
  const { policy, tags, versioning, objectLock, publicAccessBlock } = bucket;
  const hasTags = Object.keys(tags).length > 0;
  const cors = settingOf<CORSConfiguration>(bucket, 'cors');
  const lifecycle = settingOf<BucketLifecycleConfiguration>(bucket, 'lifecycle');
  const replication = settingOf<{ readonly ReplicationConfiguration?: ReplicationConfiguration }>(
    bucket,
    'replication',
  )?.ReplicationConfiguration;
  const website = settingOf<WebsiteConfiguration>(bucket, 'website');
  const payment = settingOf<RequestPaymentConfiguration>(bucket, 'requestPayment');
  return {
    AccessControlList: JSON.stringify(accessControlList(bucket)),
    BucketAccelerateConfiguration: {
      status: settingOf<AccelerateConfiguration>(bucket, 'accelerate')?.Status ?? null,
    },
    ...(cors === null ? {} : { BucketCrossOriginConfiguration: corsConfiguration(cors) }),
    ...(lifecycle === null
      ? {}
      : { BucketLifecycleConfiguration: { rules: (lifecycle.Rules ?? []).map(lifecycleRule) } }),
    BucketLoggingConfiguration: loggingConfiguration(settingOf<BucketLoggingStatus>(bucket, 'logging')),
    BucketNotificationConfiguration: {
      configurations: notifications(settingOf<NotificationConfiguration>(bucket, 'notification') ?? {}),
    },
    BucketPolicy: { policyText: policy },
    ...(replication === undefined
      ? {}
      : { BucketReplicationConfiguration: replicationConfiguration(replication) }),
    ...(hasTags ? { BucketTaggingConfiguration: { tagSets: [{ tags }] } } : {}),
    BucketVersioningConfiguration: { status: versioning ?? 'Off', isMfaDeleteEnabled: null },
    ...(website === null ? {} : { BucketWebsiteConfiguration: websiteConfiguration(website) }),
    IsRequesterPaysEnabled: payment?.Payer === 'Requester',
    ServerSideEncryptionConfiguration: { rules: [encryptionRule(bucket)] },
    ...(objectLock === null ? {} : { ObjectLockConfiguration: lockConfiguration(objectLock) }),
    ...(publicAccessBlock === null ? {} : { PublicAccessBlockConfiguration: publicAccessBlock }),
  };
}

function encryptionRule({ encryption }: BucketRecord): object {
  return {
    applyServerSideEncryptionByDefault: {
      sseAlgorithm: encryption?.sseAlgorithm ?? 'AES256',
      kmsMasterKeyID: encryption?.kmsMasterKeyId ?? null,
    },
    bucketKeyEnabled: encryption?.isBucketKeyEnabled ?? false,
  };
}

function lockConfiguration({ defaultRetention }: NonNullable<BucketRecord['objectLock']>): object {
  if (defaultRetention === null) return { objectLockEnabled: 'Enabled', rule: null };
  const { mode, period } = defaultRetention;
  const days = period.unit === 'days' ? period.count : null;
  const years = period.unit === 'years' ? period.count : null;
  return { objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode, days, years } } };
}

const permissionNames: Readonly<Record<AclPermission, string>> = {
  FULL_CONTROL: 'FullControl',
  READ: 'Read',
  WRITE: 'Write',
  READ_ACP: 'ReadAcp',
  WRITE_ACP: 'WriteAcp',
};

function accessControlList({ account, acl }: BucketRecord): object {
  return {
    grantSet: null,
    grantList: acl.map(({ grantee, permission }) => ({
      grantee: grantee.kind === 'group' ? grantee.uri : { id: grantee.id, displayName: null },
      permission: permissionNames[permission],
    })),
    owner: { displayName: null, id: canonicalUserId(account) },
    isRequesterCharged: false,
  };
}

function loggingConfiguration(status: BucketLoggingStatus | null): object {
  const enabled = status?.LoggingEnabled;
  return {
    destinationBucketName: enabled?.TargetBucket ?? null,
    logFilePrefix: enabled?.TargetPrefix ?? null,
  };
}

function corsConfiguration({ CORSRules: rules = [] }: Partial<CORSConfiguration>): object {
  return {
    rules: rules.map((rule) => ({
      id: rule.ID ?? null,
      allowedMethods: rule.AllowedMethods ?? null,
      allowedOrigins: rule.AllowedOrigins ?? null,
      maxAgeSeconds: rule.MaxAgeSeconds ?? 0,
      exposedHeaders: rule.ExposeHeaders ?? null,
      allowedHeaders: rule.AllowedHeaders ?? null,
    })),
  };
}

/** Numbers that were not given are -1, as Java's are that cannot be missing. */
const notGiven = -1;

function lifecycleRule(rule: LifecycleRule): object {
  return {
    id: rule.ID ?? null,
    prefix: rule.Prefix ?? null,
    status: rule.Status ?? null,
    filter: rule.Filter === undefined ? null : { predicate: lifecyclePredicate(rule.Filter) },
    expirationInDays: rule.Expiration?.Days ?? notGiven,
    expirationDate: rule.Expiration?.Date?.toISOString() ?? null,
    expiredObjectDeleteMarker: rule.Expiration?.ExpiredObjectDeleteMarker ?? false,
    noncurrentVersionExpirationInDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? notGiven,
    transitions:
      rule.Transitions?.map(({ Days, Date, StorageClass }) => ({
        days: Days ?? notGiven,
        date: Date?.toISOString() ?? null,
        storageClass: StorageClass ?? null,
      })) ?? null,
    noncurrentVersionTransitions:
      rule.NoncurrentVersionTransitions?.map(({ NoncurrentDays, StorageClass }) => ({
        days: NoncurrentDays ?? notGiven,
        storageClass: StorageClass ?? null,
      })) ?? null,
    abortIncompleteMultipartUpload:
      rule.AbortIncompleteMultipartUpload === undefined
        ? null
        : { daysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation ?? notGiven },
  };
}

function lifecyclePredicate(filter: NonNullable<LifecycleRule['Filter']>): object | null {
  const { Prefix: prefix, Tag: tag, And: all } = filter;
  if (all !== undefined)
    return {
      type: 'LifecycleAndOperator',
      operands: [
        ...(all.Prefix === undefined ? [] : [prefixPredicate(all.Prefix)]),
        ...(all.Tags ?? []).map(tagPredicate),
        ...sizePredicates(all),
      ],
    };
  if (tag !== undefined) return tagPredicate(tag);
  if (prefix !== undefined) return prefixPredicate(prefix);
  return sizePredicates(filter)[0] ?? null;
}

function prefixPredicate(prefix: string): object {
  return { type: 'LifecyclePrefixPredicate', prefix };
}

function tagPredicate(tag: {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}): object {
  return { type: 'LifecycleTagPredicate', tag: { key: tag.Key ?? '', value: tag.Value ?? '' } };
}

function sizePredicates(filter: {
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}): readonly object[] {
  const { ObjectSizeGreaterThan: above, ObjectSizeLessThan: below } = filter;
  return [
    ...(above === undefined
      ? []
      : [{ type: 'LifecycleObjectSizeGreaterThanPredicate', objectSizeGreaterThan: above }]),
    ...(below === undefined
      ? []
      : [{ type: 'LifecycleObjectSizeLessThanPredicate', objectSizeLessThan: below }]),
  ];
}

/** By their IDs, which S3 requires to differ; those without one by their place. */
function notifications(configuration: NotificationConfiguration): Readonly<Record<string, object>> {
  const all = [
    ...(configuration.TopicConfigurations ?? []).map((one) => ({
      one,
      kind: 'TopicConfiguration',
      to: { topicARN: one.TopicArn },
    })),
    ...(configuration.QueueConfigurations ?? []).map((one) => ({
      one,
      kind: 'QueueConfiguration',
      to: { queueARN: one.QueueArn },
    })),
    ...(configuration.LambdaFunctionConfigurations ?? []).map((one) => ({
      one,
      kind: 'LambdaConfiguration',
      to: { functionARN: one.LambdaFunctionArn },
    })),
  ];
  const entries: (readonly [string, object])[] = all.map(({ one, kind, to }, index) => [
    one.Id ?? String(index),
    { ...to, events: eventsOf(one.Events), filter: keyFilter(one.Filter?.Key?.FilterRules), type: kind },
  ]);
  const { EventBridgeConfiguration: bridge } = configuration;
  return Object.fromEntries([
    ...entries,
    ...(bridge === undefined ? [] : [['EventBridge', { type: 'EventBridgeConfiguration' }] as const]),
  ]);
}

function eventsOf(events: readonly Event[] | undefined): readonly string[] {
  return events ?? [];
}

function keyFilter(rules: readonly FilterRule[] | undefined): object | null {
  if (rules === undefined) return null;
  return {
    s3KeyFilter: {
      filterRules: rules.map(({ Name, Value }) => ({ name: Name ?? null, value: Value ?? null })),
    },
  };
}

function replicationConfiguration({ Role, Rules = [] }: Partial<ReplicationConfiguration>): object {
  return {
    roleARN: Role ?? null,
    rules: Object.fromEntries(
      Rules.map((rule, index) => [
        rule.ID ?? String(index),
        {
          status: rule.Status ?? null,
          prefix: rule.Prefix ?? rule.Filter?.Prefix ?? null,
          priority: rule.Priority ?? null,
          destinationConfig: {
            bucketARN: rule.Destination?.Bucket ?? null,
            storageClass: rule.Destination?.StorageClass ?? null,
            account: rule.Destination?.Account ?? null,
            replicaKmsKeyID: rule.Destination?.EncryptionConfiguration?.ReplicaKmsKeyID ?? null,
          },
          deleteMarkerReplication: rule.DeleteMarkerReplication?.Status ?? null,
        },
      ]),
    ),
  };
}

function websiteConfiguration(website: WebsiteConfiguration): object {
  const redirect = website.RedirectAllRequestsTo;
  return {
    indexDocumentSuffix: website.IndexDocument?.Suffix ?? null,
    errorDocument: website.ErrorDocument?.Key ?? null,
    redirectAllRequestsTo:
      redirect === undefined
        ? null
        : { protocol: redirect.Protocol ?? null, hostName: redirect.HostName ?? null },
    routingRules: (website.RoutingRules ?? []).map(({ Condition: condition, Redirect: to }) => ({
      condition:
        condition === undefined
          ? null
          : {
              keyPrefixEquals: condition.KeyPrefixEquals ?? null,
              httpErrorCodeReturnedEquals: condition.HttpErrorCodeReturnedEquals ?? null,
            },
      redirect: {
        protocol: to?.Protocol ?? null,
        hostName: to?.HostName ?? null,
        replaceKeyPrefixWith: to?.ReplaceKeyPrefixWith ?? null,
        replaceKeyWith: to?.ReplaceKeyWith ?? null,
        httpRedirectCode: to?.HttpRedirectCode ?? null,
      },
    })),
  };
}
