/**
 * Generated setups, complete and near the edge: most statements are the documented ones, some a character away from
 * them, so that allowed and denied are both common.
 */
import fc from 'fast-check';
import type { Setup } from '../../src/setup/schema.ts';

export const account = '111122223333';
const archive = '444455556666';
const region = 'us-east-1';
const otherRegion = 'eu-west-1';
const bucket = 'config-logs';
const customRole = `arn:aws:iam::${account}:role/config`;
const serviceLinkedRole = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const organizationId = 'o-exampleorgid';
const topicKeyId = '5678abcd-12ab-34cd-56ef-1234567890ab';

type Json = Readonly<Record<string, unknown>>;

const service = { Service: 'config.amazonaws.com' };

/** Mostly the first, sometimes one of the others. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant(usual) },
    ...others.map((other) => fc.constant(other)),
  );
}

const principals = fc.oneof(
  { weight: 4, arbitrary: fc.constant<unknown>(service) },
  { weight: 3, arbitrary: fc.constant<unknown>({ AWS: customRole }) },
  fc.constantFrom<unknown>(
    { AWS: account },
    { AWS: `arn:aws:iam::${account}:root` },
    { AWS: archive },
    '*',
    { AWS: '*' },
    { AWS: [customRole, `arn:aws:iam::${archive}:root`], Service: 'config.amazonaws.com' },
    { Service: ['config.amazonaws.com', 'cloudtrail.amazonaws.com'] },
    { Service: 'cloudtrail.amazonaws.com' },
    { AWS: serviceLinkedRole },
  ),
);

const sourceConditions = fc.constantFrom<Json>(
  { StringEquals: { 'aws:SourceAccount': account } },
  { StringEquals: { 'AWS:SourceAccount': [archive, account] } },
  { StringEquals: { 'aws:SourceAccount': archive } },
  { StringNotEquals: { 'aws:SourceAccount': account } },
  { StringEqualsIfExists: { 'aws:SourceAccount': account } },
  { StringNotEqualsIfExists: { 'aws:SourceAccount': archive } },
  { ArnLike: { 'aws:SourceArn': `arn:aws:config:${region}:${account}:*` } },
  { ArnLike: { 'aws:SourceArn': `arn:aws:config:*:${account}:*` } },
  { ArnEquals: { 'aws:SourceArn': `arn:aws:config:${otherRegion}:${account}:*` } },
  { ArnLike: { 'aws:SourceArn': `arn:aws:config:${region}:${account}:configuration-recorder/default` } },
  { StringEquals: { 'aws:SourceArn': `arn:aws:config:${region}:${account}:*` } },
  { Null: { 'aws:SourceAccount': 'true' } },
  { Null: { 'aws:SourceArn': 'false' } },
  { StringEquals: { 'aws:SourceOrgID': organizationId } },
  { StringNotEquals: { 'aws:SourceOrgID': organizationId } },
);

const callerConditions = fc.constantFrom<Json>(
  { Bool: { 'aws:SecureTransport': 'false' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
  { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  { StringEquals: { 'aws:PrincipalServiceName': 'config.amazonaws.com' } },
  { ArnEquals: { 'aws:PrincipalArn': customRole } },
  { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/*` } },
  { StringEquals: { 'aws:PrincipalAccount': account } },
  { StringNotEquals: { 'aws:PrincipalAccount': account } },
  { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
  { StringNotEquals: { 'aws:PrincipalOrgID': organizationId } },
  { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } },
  { StringEquals: { 'aws:ResourceAccount': account } },
  { StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
  { StringEquals: { 'aws:RequestedRegion': region } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } },
);

const uploadConditions = fc.constantFrom<Json>(
  { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  { StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  { StringEquals: { 's3:x-amz-acl': 'private' } },
  { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  { Null: { 's3:x-amz-server-side-encryption': 'true' } },
  { Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' } },
);

const keyConditions = fc.constantFrom<Json>(
  { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
  { StringEquals: { 'kms:ViaService': `s3.${otherRegion}.amazonaws.com` } },
  { StringEquals: { 'kms:CallerAccount': account } },
  { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}/*` } },
  { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucket}` } },
  { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:s3:arn'] } },
  { Bool: { 'aws:ViaAWSService': 'true' } },
);

/** No condition, or one or two from these. */
function conditionsFrom(...pools: readonly fc.Arbitrary<Json>[]): fc.Arbitrary<Json | undefined> {
  const one = fc.oneof(...pools);
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 5, arbitrary: one },
    { weight: 1, arbitrary: fc.tuple(one, one).map(([a, b]) => ({ ...a, ...b })) },
  );
}

const effects = fc.oneof(
  { weight: 12, arbitrary: fc.constant('Allow') },
  { weight: 1, arbitrary: fc.constant('Deny') },
);

function statement(members: {
  readonly action: fc.Arbitrary<unknown>;
  readonly resource?: fc.Arbitrary<unknown>;
  readonly principal?: fc.Arbitrary<unknown>;
  readonly condition: fc.Arbitrary<Json | undefined>;
}): fc.Arbitrary<Json> {
  return fc
    .record({
      Effect: effects,
      ...(members.principal === undefined ? {} : { Principal: members.principal }),
      Action: members.action,
      ...(members.resource === undefined ? {} : { Resource: members.resource }),
      Condition: members.condition,
    })
    .map(({ Condition, ...rest }) => (Condition === undefined ? rest : { ...rest, Condition }));
}

/** The documented statements, they and others, or others alone. */
function policyAround(documented: readonly Json[], others: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const list = fc.oneof(
    { weight: 2, arbitrary: fc.constant(documented) },
    {
      weight: 3,
      arbitrary: fc.array(others, { minLength: 1, maxLength: 2 }).map((more) => [...documented, ...more]),
    },
    { weight: 3, arbitrary: fc.array(others, { minLength: 1, maxLength: 4 }) },
  );
  return list.map((Statement) => ({ Version: '2012-10-17', Statement }));
}

function policy(statements: fc.Arbitrary<Json>, max: number): fc.Arbitrary<Json> {
  return fc.array(statements, { minLength: 1, maxLength: max }).map((Statement) => ({
    Version: '2012-10-17',
    Statement,
  }));
}

const bucketArn = `arn:aws:s3:::${bucket}`;
const s3Actions = fc.constantFrom<unknown>(
  's3:PutObject',
  ['s3:PutObject', 's3:PutObjectAcl'],
  ['s3:GetBucketAcl', 's3:ListBucket'],
  's3:*',
  ['s3:*', 'kms:*'],
  's3:GetBucketAcl',
  's3:Put*',
  '*',
);
const s3Resources = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constant<unknown>([bucketArn, `${bucketArn}/AWSLogs/${account}/Config/*`]),
  },
  { weight: 3, arbitrary: fc.constant<unknown>([bucketArn, `${bucketArn}/*`]) },
  fc.constantFrom<unknown>(
    bucketArn,
    `${bucketArn}/*`,
    `${bucketArn}/AWSLogs/*`,
    `${bucketArn}/audit/AWSLogs/${account}/*`,
    `${bucketArn}/AWSLogs/${account}/Config/ConfigWritabilityCheckFile`,
    `${bucketArn}/*/ConfigSnapshot/*`,
    `${bucketArn}/AWSLogs/${archive}/*`,
  ),
);

const ofAccount = { StringEquals: { 'aws:SourceAccount': account } };
const bucketPolicies = policyAround(
  [
    {
      Effect: 'Allow',
      Principal: service,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: bucketArn,
      Condition: ofAccount,
    },
    {
      Effect: 'Allow',
      Principal: service,
      Action: 's3:PutObject',
      Resource: [
        `${bucketArn}/AWSLogs/${account}/Config/*`,
        `${bucketArn}/audit/AWSLogs/${account}/Config/*`,
      ],
      Condition: {
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
      },
    },
  ],
  statement({
    principal: principals,
    action: s3Actions.filter((action) => !JSON.stringify(action).includes('kms')),
    resource: s3Resources,
    condition: conditionsFrom(sourceConditions, callerConditions, uploadConditions),
  }),
);

const keyActions = fc.constantFrom<unknown>(
  ['kms:Decrypt', 'kms:GenerateDataKey'],
  ['kms:Decrypt', 'kms:GenerateDataKey*'],
  'kms:GenerateDataKey',
  'kms:*',
  'kms:Decrypt',
);

function keyPolicies(keyArn: string): fc.Arbitrary<Json> {
  return policyAround(
    [
      {
        Effect: 'Allow',
        Principal: service,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
        Condition: ofAccount,
      },
      {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
      },
    ],
    statement({
      principal: fc.oneof(
        { weight: 3, arbitrary: principals },
        fc.constant<unknown>({ AWS: `arn:aws:iam::${account}:root` }),
      ),
      action: keyActions,
      resource: mostly<unknown>('*', keyArn, [keyArn], keyArn.replace('1234abcd', '9999abcd')),
      condition: conditionsFrom(sourceConditions, callerConditions, keyConditions),
    }),
  );
}

const rolePolicies = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constant<Json>({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:*', 'kms:*', 'sns:*'], Resource: '*' }],
    }),
  },
  policy(
    statement({
      action: fc.oneof(s3Actions, keyActions),
      resource: fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>('*') }, s3Resources),
      condition: conditionsFrom(callerConditions, uploadConditions, keyConditions),
    }),
    3,
  ),
);

const boundaries = fc.constantFrom<Json>(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
);

const trustPolicies = policyAround(
  [{ Effect: 'Allow', Principal: service, Action: 'sts:AssumeRole' }],
  statement({
    principal: mostly<unknown>(service, '*', { AWS: account }, { Service: 'ec2.amazonaws.com' }),
    action: mostly<unknown>('sts:AssumeRole', 'sts:*', 'sts:TagSession'),
    condition: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, sourceConditions),
  }),
);

const allowAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const controls = fc.constantFrom<Json>(
  allowAll,
  allowAll,
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*', 'sts:*'], Resource: '*' }] },
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'kms:GenerateDataKey', Resource: '*' },
    ],
  },
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'sns:Publish', Resource: '*' },
    ],
  },
);
const resourceControls = fc.constantFrom<Json>(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*', 'kms:*'],
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
          Null: { 'aws:SourceAccount': 'false' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      },
    ],
  },
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: '*',
        Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId } },
      },
    ],
  },
);

const organizations = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  fc
    .record({
      management: mostly<string | null>('999999999999', account, archive, null),
      // `[]`: SCPs are off; a level of `[]` lets nothing through.
      scps: fc.oneof(
        { weight: 1, arbitrary: fc.constant<readonly (readonly Json[])[]>([]) },
        {
          weight: 8,
          arbitrary: fc.array(fc.array(controls, { minLength: 1, maxLength: 2 }), {
            minLength: 1,
            maxLength: 3,
          }),
        },
        { weight: 1, arbitrary: fc.constant<readonly (readonly Json[])[]>([[allowAll], []]) },
      ),
      archiveScps: fc.array(fc.array(controls, { minLength: 1, maxLength: 2 }), {
        minLength: 1,
        maxLength: 2,
      }),
      rcps: fc.array(fc.array(resourceControls, { maxLength: 1 }), { maxLength: 3 }),
      archiveRcps: fc.array(fc.array(resourceControls, { maxLength: 1 }), { maxLength: 2 }),
      hasArchive: fc.boolean(),
    })
    .map(({ management, scps, archiveScps, rcps, archiveRcps, hasArchive }) => ({
      id: organizationId,
      ...(management === null ? {} : { managementAccount: management }),
      accounts: [
        {
          id: account,
          path: `${organizationId}/r-ab12/ou-ab12-11111111/`,
          serviceControlPolicies: scps,
          resourceControlPolicies: rcps,
        },
        ...(hasArchive
          ? [
              {
                id: archive,
                path: `${organizationId}/r-ab12/ou-ab12-22222222/`,
                serviceControlPolicies: archiveScps,
                resourceControlPolicies: archiveRcps,
              },
            ]
          : []),
      ],
    })),
);

type TopicEncryption = 'none' | 'key' | 'alias-arn' | 'bare-id' | 'bare-alias' | 'aws-managed' | 'missing';

interface TopicParts {
  readonly isNamed: boolean;
  readonly exists: boolean;
  readonly arn: string;
  readonly keyArn: string;
  readonly encryption: TopicEncryption;
  readonly policy: Json | null;
  readonly keyPolicy: Json;
  readonly keyState: string;
}

function topicPolicies(topicArn: string): fc.Arbitrary<Json> {
  return policyAround(
    [
      {
        Sid: 'AWSConfigSNSPolicy',
        Effect: 'Allow',
        Principal: service,
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: ofAccount,
      },
    ],
    statement({
      principal: principals,
      action: mostly<unknown>(
        'sns:Publish',
        ['SNS:Publish', 'sns:GetTopicAttributes'],
        'SNS:*',
        'sns:Pub*',
        'sns:Subscribe',
      ),
      resource: mostly<unknown>(topicArn, '*', `${topicArn}*`, `${topicArn}-other`, [topicArn]),
      condition: conditionsFrom(
        sourceConditions,
        callerConditions,
        fc.constant<Json>({ StringEquals: { 'AWS:SourceOwner': account } }),
      ),
    }),
  );
}

/** Lets in the service principal, the role, the role's account, or none of them; and the usual near misses. */
function topicKeyPolicies(keyArn: string, topicArn: string): fc.Arbitrary<Json> {
  const viaTopic = fc.constantFrom<Json>(
    { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
    { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topicArn } },
    { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': bucketArn } },
    { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:sns:topicArn'] } },
    { StringEquals: { 'kms:CallerAccount': account } },
  );
  const letsIn = (Principal: unknown): Json => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' },
    ],
  });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        letsIn(service),
        letsIn({ AWS: customRole }),
        letsIn({ AWS: account }),
        letsIn({ Service: 'sns.amazonaws.com' }),
      ),
    },
    {
      weight: 3,
      arbitrary: policy(
        statement({
          principal: principals,
          action: keyActions,
          resource: mostly<unknown>('*', keyArn),
          condition: conditionsFrom(sourceConditions, callerConditions, viaTopic),
        }),
        3,
      ),
    },
  );
}

const topics: fc.Arbitrary<TopicParts> = fc
  .record({
    owner: mostly(account, account, archive),
    topicRegion: mostly(region, region, region, otherRegion),
    keyOwner: mostly(account, account, archive),
    keyRegion: mostly(region, region, region, otherRegion),
  })
  .chain(({ owner, topicRegion, keyOwner, keyRegion }) => {
    const arn = `arn:aws:sns:${topicRegion}:${owner}:config-topic`;
    const keyArn = `arn:aws:kms:${keyRegion}:${keyOwner}:key/${topicKeyId}`;
    return fc.record({
      isNamed: mostly(true, true, false),
      exists: mostly(true, true, true, false),
      arn: fc.constant(arn),
      keyArn: fc.constant(keyArn),
      encryption: fc.oneof(
        { weight: 4, arbitrary: fc.constant<TopicEncryption>('none') },
        { weight: 4, arbitrary: fc.constant<TopicEncryption>('key') },
        fc.constantFrom<TopicEncryption>('alias-arn', 'bare-id', 'bare-alias', 'aws-managed', 'missing'),
      ),
      policy: fc.oneof(
        { weight: 12, arbitrary: topicPolicies(arn) },
        // `null`: no policy.
        fc.constant(null),
      ),
      keyPolicy: topicKeyPolicies(keyArn, arn),
      keyState: mostly('Enabled', 'Enabled', 'Disabled', 'PendingDeletion'),
    });
  });

/** Any setup that `check` judges and a server can hold. */
export const setups: fc.Arbitrary<Setup> = fc
  .record({
    owner: mostly(account, archive),
    bucketRegion: mostly(region, region, otherRegion),
    isServiceLinked: mostly(false, true),
    organization: organizations,
    topic: topics,
    channelKey: mostly<'none' | 'key' | 'alias' | 'missing'>('none', 'key', 'key', 'alias', 'missing'),
    prefix: mostly<string | null>(null, 'audit'),
    encryption: mostly<'key' | 'alias-arn' | 'sse-s3' | 'aws-managed' | 'bare-id' | 'bare-alias'>(
      'key',
      'key',
      'alias-arn',
      'sse-s3',
      'aws-managed',
      'bare-id',
      'bare-alias',
    ),
    bucketKeyEnabled: fc.boolean(),
    objectOwnership: mostly<'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter'>(
      'BucketOwnerEnforced',
      'BucketOwnerPreferred',
      'ObjectWriter',
    ),
    keyState: mostly<'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport'>(
      'Enabled',
      'Enabled',
      'Disabled',
      'PendingDeletion',
      'PendingImport',
    ),
    hasBucket: mostly(true, true, true, false),
    hasDefaultRetention: mostly(false, false, false, true),
    bucketPolicy: fc.option(bucketPolicies, { freq: 12 }),
    rolePolicies: fc.array(rolePolicies, { maxLength: 2 }),
    hasManagedPolicy: fc.boolean(),
    boundary: fc.option(boundaries, { nil: null, freq: 1 }),
    trustPolicy: trustPolicies,
    grant: fc.option(
      fc.record({
        granteePrincipal: mostly(customRole, `arn:aws:iam::${account}:root`),
        operations: fc.constantFrom<readonly string[]>(
          ['GenerateDataKey', 'Decrypt'],
          ['GenerateDataKey'],
          ['Decrypt'],
        ),
        constraints: fc.option(
          fc.constantFrom<Json>(
            { encryptionContextSubset: { 'aws:s3:arn': bucketArn } },
            { encryptionContextEquals: { 'aws:s3:arn': bucketArn } },
          ),
        ),
      }),
      { freq: 1 },
    ),
    keyRegionDiffers: mostly(false, false, false, true),
  })
  .chain((parts) => {
    const keyRegion = parts.keyRegionDiffers ? 'ap-south-1' : parts.bucketRegion;
    const keyArn = `arn:aws:kms:${keyRegion}:${parts.owner}:key/${keyId}`;
    return keyPolicies(keyArn).map((keyPolicy) => setupOf({ ...parts, keyArn, keyPolicy }));
  });

interface Parts {
  readonly owner: string;
  readonly bucketRegion: string;
  readonly isServiceLinked: boolean;
  readonly organization: unknown;
  readonly topic: TopicParts;
  readonly channelKey: 'none' | 'key' | 'alias' | 'missing';
  readonly prefix: string | null;
  readonly encryption: 'key' | 'alias-arn' | 'sse-s3' | 'aws-managed' | 'bare-id' | 'bare-alias';
  readonly bucketKeyEnabled: boolean;
  readonly objectOwnership: string;
  readonly keyState: string;
  readonly hasBucket: boolean;
  readonly hasDefaultRetention: boolean;
  readonly bucketPolicy: Json | null;
  readonly rolePolicies: readonly Json[];
  readonly hasManagedPolicy: boolean;
  readonly boundary: Json | null;
  readonly trustPolicy: Json;
  readonly grant: unknown;
  readonly keyArn: string;
  readonly keyPolicy: Json;
}

function setupOf(parts: Parts): Setup {
  const { keyArn, owner, topic } = parts;
  const aliasArn = `${keyArn.slice(0, keyArn.indexOf(':key/'))}:alias/config`;
  const channelKeys = {
    none: null,
    key: keyArn,
    alias: aliasArn,
    missing: keyArn.replace('1234abcd', '8888abcd'),
  };
  const defaultKeys = {
    key: keyArn,
    'alias-arn': aliasArn,
    'aws-managed': null,
    'bare-id': keyId,
    'bare-alias': 'alias/config',
  };
  const topicKeys: Readonly<Record<TopicEncryption, string | null>> = {
    none: null,
    key: topic.keyArn,
    'alias-arn': `${topic.keyArn.slice(0, topic.keyArn.indexOf(':key/'))}:alias/topic`,
    'bare-id': topicKeyId,
    'bare-alias': 'alias/topic',
    'aws-managed': 'alias/aws/sns',
    missing: topic.keyArn.replace('5678abcd', '8888abcd'),
  };
  const setup = {
    complete: true,
    organization: parts.organization,
    recorder: { account, region, roleARN: parts.isServiceLinked ? serviceLinkedRole : customRole },
    deliveryChannel: {
      s3BucketName: bucket,
      s3KeyPrefix: parts.prefix,
      s3KmsKeyArn: channelKeys[parts.channelKey],
      snsTopicARN: topic.isNamed ? topic.arn : null,
    },
    roles: [
      {
        arn: customRole,
        trustPolicy: parts.trustPolicy,
        policies: parts.rolePolicies.map((document, index) => ({ name: `own-${index}`, document })),
        managedPolicies: parts.hasManagedPolicy
          ? [{ arn: 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole' }]
          : [],
        permissionsBoundary: parts.boundary,
      },
    ],
    buckets: parts.hasBucket
      ? [
          {
            name: bucket,
            account: owner,
            region: parts.bucketRegion,
            policy: parts.bucketPolicy,
            encryption:
              parts.encryption === 'sse-s3'
                ? null
                : {
                    sseAlgorithm: 'aws:kms',
                    kmsMasterKeyID: defaultKeys[parts.encryption],
                    bucketKeyEnabled: parts.bucketKeyEnabled,
                  },
            objectOwnership: parts.objectOwnership,
            objectLock: parts.hasDefaultRetention ? { defaultRetention: true } : null,
            publicAccessBlock: null,
          },
        ]
      : [],
    keys: [
      {
        arn: keyArn,
        policy: parts.keyPolicy,
        keyState: parts.keyState,
        aliases: ['alias/config'],
        grants: parts.grant === null ? [] : [parts.grant],
      },
      {
        arn: topic.keyArn,
        policy: topic.keyPolicy,
        keyState: topic.keyState,
        aliases: ['alias/topic'],
        grants: [],
      },
    ],
    topics: topic.exists
      ? [{ arn: topic.arn, policy: topic.policy, kmsMasterKeyId: topicKeys[topic.encryption] }]
      : [],
    users: [],
  };
  // Checked by the schema when it is read: the test fails on what is no setup.
  return setup as unknown as Setup;
}
