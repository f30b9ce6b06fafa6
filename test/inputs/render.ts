/**
 * A setup as a Terraform plan and as CloudFormation templates, so that reading them back can be compared with the
 * setup itself. What a form can't say, the normal form leaves out: it is what all three can.
 */
import { placeholderKeyId } from '../../src/setup/inputs/placeholder.ts';
import type { Setup } from '../../src/setup/schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** The setup as far as a plan and a template can say it, with the key IDs that a template's keys will have. */
export function normalForm(setup: Setup): Setup {
  const { recorder, deliveryChannel, roles = [], buckets = [], keys = [], topics = [] } = setup;
  const whole = {
    recorder,
    deliveryChannel: {
      s3KeyPrefix: null,
      s3KmsKeyArn: null,
      snsTopicARN: null,
      ...deliveryChannel,
      name: undefined,
    },
    roles: roles
      .filter(({ arn }) => !arn.includes('/aws-service-role/'))
      .map(({ arn, trustPolicy, policies, managedPolicies, permissionsBoundary }) => ({
        arn,
        trustPolicy,
        policies: (policies ?? []).map((policy, i) => ({ name: `p${i}`, document: policy.document })),
        managedPolicies: (managedPolicies ?? []).map(({ arn: managed }) => ({ arn: managed })),
        permissionsBoundary:
          permissionsBoundary == null || typeof permissionsBoundary === 'string' ? null : permissionsBoundary,
      })),
    buckets: buckets.map((bucket) => ({
      ...bucket,
      policy: bucket.policy ?? null,
      encryption: bucket.encryption ?? null,
      objectLock: { defaultRetention: bucket.objectLock?.defaultRetention === true },
      publicAccessBlock: undefined,
    })),
    keys: keys.map(({ arn, policy, keyState, aliases = [] }) => ({
      arn,
      policy,
      keyState: keyState === undefined || keyState === 'Enabled' ? 'Enabled' : 'Disabled',
      aliases,
      grants: [],
    })),
    topics: topics.map(({ arn, policy, kmsMasterKeyId }) => ({
      arn,
      policy: policy ?? undefined,
      kmsMasterKeyId: kmsMasterKeyId ?? null,
    })),
  };
  let text = JSON.stringify(whole);
  for (const [i, { arn }] of keys.entries())
    text = text.replaceAll(arn.slice(arn.lastIndexOf('/') + 1), placeholderKeyId(`Zkey${i}`, false));
  return JSON.parse(text) as Setup;
}

/** `terraform show -json` of the setup, as if it were applied before and changed in nothing. */
export function asPlan(setup: Setup): string {
  const resources: Json[] = [];
  const configured: Json[] = [];
  const providers = new Map<string, Json>();
  const add = (type: string, place: { account: string; region: string }, values: Json): void => {
    const name = `z${resources.length}`;
    const provider = `aws.${place.account}_${place.region}`;
    providers.set(provider, {
      name: 'aws',
      expressions: {
        region: { constant_value: place.region },
        allowed_account_ids: { constant_value: [place.account] },
      },
    });
    const identity = { address: `${type}.${name}`, mode: 'managed', type, name };
    resources.push({
      ...identity,
      change: { actions: ['no-op'], before: values, after: values, after_unknown: {} },
    });
    configured.push({
      ...identity,
      provider_config_key: provider,
      expressions: Object.fromEntries(Object.keys(values).map((member) => [member, {}])),
    });
  };
  const { recorder, deliveryChannel: channel } = setup;
  const here = { account: recorder?.account ?? '', region: recorder?.region ?? '' };
  add('aws_config_configuration_recorder', here, { name: 'default', role_arn: recorder?.roleARN });
  add('aws_config_delivery_channel', here, {
    s3_bucket_name: channel?.s3BucketName,
    s3_key_prefix: channel?.s3KeyPrefix,
    s3_kms_key_arn: channel?.s3KmsKeyArn,
    sns_topic_arn: channel?.snsTopicARN,
  });
  for (const role of setup.roles ?? []) {
    const name = role.arn.slice(role.arn.lastIndexOf('/') + 1);
    const boundary = `arn:aws:iam::${here.account}:policy/boundary`;
    add('aws_iam_role', here, {
      name,
      arn: role.arn,
      assume_role_policy: JSON.stringify(role.trustPolicy),
      permissions_boundary: role.permissionsBoundary === null ? null : boundary,
    });
    if (role.permissionsBoundary !== null)
      add('aws_iam_policy', here, { arn: boundary, policy: JSON.stringify(role.permissionsBoundary) });
    for (const policy of role.policies ?? [])
      add('aws_iam_role_policy', here, {
        role: name,
        name: policy.name,
        policy: JSON.stringify(policy.document),
      });
    for (const { arn } of role.managedPolicies ?? [])
      add('aws_iam_role_policy_attachment', here, { role: name, policy_arn: arn });
  }
  for (const bucket of setup.buckets ?? []) {
    const place = { account: bucket.account ?? '', region: bucket.region ?? here.region };
    const of = { bucket: bucket.name };
    add('aws_s3_bucket', place, of);
    if (bucket.policy != null)
      add('aws_s3_bucket_policy', place, { ...of, policy: JSON.stringify(bucket.policy) });
    if (bucket.encryption != null)
      add('aws_s3_bucket_server_side_encryption_configuration', place, {
        ...of,
        rule: [
          {
            apply_server_side_encryption_by_default: [
              {
                sse_algorithm: bucket.encryption.sseAlgorithm,
                kms_master_key_id: bucket.encryption.kmsMasterKeyID ?? '',
              },
            ],
            bucket_key_enabled: bucket.encryption.bucketKeyEnabled ?? false,
          },
        ],
      });
    if (bucket.objectOwnership !== undefined)
      add('aws_s3_bucket_ownership_controls', place, {
        ...of,
        rule: [{ object_ownership: bucket.objectOwnership }],
      });
    if (bucket.objectLock?.defaultRetention === true)
      add('aws_s3_bucket_object_lock_configuration', place, {
        ...of,
        rule: [{ default_retention: [{ mode: 'GOVERNANCE', days: 1 }] }],
      });
  }
  for (const key of setup.keys ?? []) {
    const place = placeOf(key.arn);
    const id = key.arn.slice(key.arn.lastIndexOf('/') + 1);
    add('aws_kms_key', place, {
      arn: key.arn,
      key_id: id,
      policy: JSON.stringify(key.policy),
      is_enabled: key.keyState === 'Enabled',
    });
    for (const name of key.aliases ?? []) add('aws_kms_alias', place, { name, target_key_id: id });
  }
  for (const topic of setup.topics ?? []) {
    const place = placeOf(topic.arn);
    add('aws_sns_topic', place, { arn: topic.arn, kms_master_key_id: topic.kmsMasterKeyId });
    if (topic.policy != null)
      add('aws_sns_topic_policy', place, { arn: topic.arn, policy: JSON.stringify(topic.policy) });
  }
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: resources,
    configuration: { provider_config: Object.fromEntries(providers), root_module: { resources: configured } },
  });
}

/** A template for each account and Region, by `ACCOUNT/REGION`. */
export function asTemplates(setup: Setup): ReadonlyMap<string, string> {
  const templates = new Map<string, Record<string, unknown>>();
  let count = 0;
  const add = (
    type: string,
    place: { account: string; region: string },
    properties: Json,
    name = `Z${count++}`,
  ): void => {
    const at = `${place.account}/${place.region}`;
    const resources = templates.get(at) ?? {};
    templates.set(at, resources);
    // An absent property is left out, as people do.
    resources[name] = { Type: type, Properties: JSON.parse(JSON.stringify(properties)) as unknown };
  };
  const { recorder, deliveryChannel: channel } = setup;
  const here = { account: recorder?.account ?? '', region: recorder?.region ?? '' };
  add('AWS::Config::ConfigurationRecorder', here, { RoleARN: recorder?.roleARN });
  add('AWS::Config::DeliveryChannel', here, {
    S3BucketName: channel?.s3BucketName,
    S3KeyPrefix: channel?.s3KeyPrefix ?? undefined,
    S3KmsKeyArn: channel?.s3KmsKeyArn ?? undefined,
    SnsTopicARN: channel?.snsTopicARN ?? undefined,
  });
  for (const role of setup.roles ?? []) {
    const path = role.arn.slice(role.arn.indexOf('/'), role.arn.lastIndexOf('/') + 1);
    const hasBoundary = role.permissionsBoundary !== null;
    if (hasBoundary)
      add(
        'AWS::IAM::ManagedPolicy',
        here,
        { ManagedPolicyName: 'boundary', PolicyDocument: role.permissionsBoundary },
        'Zboundary',
      );
    add('AWS::IAM::Role', here, {
      RoleName: role.arn.slice(role.arn.lastIndexOf('/') + 1),
      Path: path,
      AssumeRolePolicyDocument: role.trustPolicy,
      Policies: (role.policies ?? []).map((policy) => ({
        PolicyName: policy.name,
        PolicyDocument: policy.document,
      })),
      ManagedPolicyArns: (role.managedPolicies ?? []).map(({ arn }) => arn),
      PermissionsBoundary: hasBoundary ? { Ref: 'Zboundary' } : undefined,
    });
  }
  for (const bucket of setup.buckets ?? []) {
    const place = { account: bucket.account ?? '', region: bucket.region ?? here.region };
    const { encryption } = bucket;
    add('AWS::S3::Bucket', place, {
      BucketName: bucket.name,
      BucketEncryption:
        encryption == null
          ? undefined
          : {
              ServerSideEncryptionConfiguration: [
                {
                  ServerSideEncryptionByDefault: {
                    SSEAlgorithm: encryption.sseAlgorithm,
                    KMSMasterKeyID: encryption.kmsMasterKeyID ?? undefined,
                  },
                  BucketKeyEnabled: encryption.bucketKeyEnabled ?? false,
                },
              ],
            },
      OwnershipControls:
        bucket.objectOwnership === undefined
          ? undefined
          : { Rules: [{ ObjectOwnership: bucket.objectOwnership }] },
      ObjectLockConfiguration:
        bucket.objectLock?.defaultRetention === true
          ? { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } }
          : undefined,
    });
    if (bucket.policy != null)
      add('AWS::S3::BucketPolicy', place, { Bucket: bucket.name, PolicyDocument: bucket.policy });
  }
  for (const [i, key] of (setup.keys ?? []).entries()) {
    const place = placeOf(key.arn);
    add('AWS::KMS::Key', place, { KeyPolicy: key.policy, Enabled: key.keyState === 'Enabled' }, `Zkey${i}`);
    for (const name of key.aliases ?? [])
      add('AWS::KMS::Alias', place, { AliasName: name, TargetKeyId: { Ref: `Zkey${i}` } });
  }
  for (const topic of setup.topics ?? []) {
    const place = placeOf(topic.arn);
    add('AWS::SNS::Topic', place, {
      TopicName: topic.arn.slice(topic.arn.lastIndexOf(':') + 1),
      KmsMasterKeyId: topic.kmsMasterKeyId ?? undefined,
    });
    if (topic.policy != null)
      add('AWS::SNS::TopicPolicy', place, { Topics: [topic.arn], PolicyDocument: topic.policy });
  }
  return new Map([...templates].map(([at, Resources]) => [at, JSON.stringify({ Resources }, null, 1)]));
}

function placeOf(arn: string): { readonly account: string; readonly region: string } {
  const [, , , region = '', account = ''] = arn.split(':');
  return { account, region };
}
