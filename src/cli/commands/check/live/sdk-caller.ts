/** Asks AWS with its own SDK: credentials, profiles, endpoints and retries are what every AWS tool makes of them. */
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, ListGrantsCommand } from '@aws-sdk/client-kms';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Members } from '../../../../setup/inputs/answers/aws-answer.ts';
import type { LiveOperation } from '../../../../setup/inputs/live/live-calls.ts';
import type { LiveCaller } from '../../../../setup/inputs/live/live-caller.ts';
import { answerToError } from './sdk-errors.ts';

export interface SdkCallerOptions {
  /** `null`: what `AWS_PROFILE` and the environment say. */
  readonly profile: string | null;
  readonly region: string;
  /** The environment names an endpoint of its own, whose buckets are no host names. */
  readonly hasOwnEndpoint: boolean;
  /** The environment says how often to try; else as often as lasts for about half a minute. */
  readonly hasOwnAttempts: boolean;
}

export function sdkCaller(options: SdkCallerOptions): LiveCaller {
  const { profile, region } = options;
  const places = new Map<string, Clients>();
  const clientsIn = (at: string): Clients => {
    const known = places.get(at) ?? clientsOf({ ...options, region: at });
    places.set(at, known);
    return known;
  };
  return {
    profile,
    region,
    call: async (operation, input, at) => {
      const ask = calls[operation];
      const { member, tokens } = pages[operation] ?? { member: null, tokens: [] };
      const items: unknown[] = [];
      let value: Members = {};
      try {
        for (let next: Members | null = input; next !== null;) {
          value = plain(await ask(clientsIn(at ?? region), textsOf({ ...input, ...next })));
          if (member !== null && Array.isArray(value[member])) items.push(...(value[member] as unknown[]));
          next = nextPage(value, tokens);
        }
      } catch (error) {
        return answerToError(error, operation, profile);
      }
      return { kind: 'answered', value: member === null ? value : { ...value, [member]: items } };
    },
  };
}

interface Clients {
  readonly config: ConfigServiceClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly organizations: OrganizationsClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sts: STSClient;
}

/** Throttled calls are made again, waiting longer each time, for about half a minute. */
const attemptsMax = 8;

function clientsOf({ profile, region, hasOwnEndpoint, hasOwnAttempts }: SdkCallerOptions): Clients {
  const settings = {
    region,
    ...(!hasOwnAttempts && { maxAttempts: attemptsMax }),
    ...(profile !== null && { profile }),
  };
  return {
    config: new ConfigServiceClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    organizations: new OrganizationsClient(settings),
    s3: new S3Client({ ...settings, followRegionRedirects: true, forcePathStyle: hasOwnEndpoint }),
    sns: new SNSClient(settings),
    sts: new STSClient(settings),
  };
}

type Texts = (name: string) => string;
type Call = (clients: Clients, text: Texts) => Promise<object>;

const calls: Readonly<Record<LiveOperation, Call>> = {
  GetCallerIdentity: ({ sts }) => sts.send(new GetCallerIdentityCommand({})),
  DescribeConfigurationRecorders: ({ config }) => config.send(new DescribeConfigurationRecordersCommand({})),
  DescribeDeliveryChannels: ({ config }) => config.send(new DescribeDeliveryChannelsCommand({})),
  GetRole: ({ iam }, text) => iam.send(new GetRoleCommand({ RoleName: text('RoleName') })),
  ListRolePolicies: ({ iam }, text) =>
    iam.send(new ListRolePoliciesCommand({ RoleName: text('RoleName'), ...marker(text) })),
  GetRolePolicy: ({ iam }, text) =>
    iam.send(new GetRolePolicyCommand({ RoleName: text('RoleName'), PolicyName: text('PolicyName') })),
  ListAttachedRolePolicies: ({ iam }, text) =>
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName: text('RoleName'), ...marker(text) })),
  GetPolicy: ({ iam }, text) => iam.send(new GetPolicyCommand({ PolicyArn: text('PolicyArn') })),
  GetPolicyVersion: ({ iam }, text) =>
    iam.send(new GetPolicyVersionCommand({ PolicyArn: text('PolicyArn'), VersionId: text('VersionId') })),
  ListBuckets: ({ s3 }, text) =>
    s3.send(
      new ListBucketsCommand({
        Prefix: text('Prefix'),
        MaxBuckets: 1000,
        ...(text('ContinuationToken') !== '' && { ContinuationToken: text('ContinuationToken') }),
      }),
    ),
  GetBucketLocation: ({ s3 }, text) => s3.send(new GetBucketLocationCommand({ Bucket: text('Bucket') })),
  GetBucketPolicy: ({ s3 }, text) => s3.send(new GetBucketPolicyCommand({ Bucket: text('Bucket') })),
  GetBucketEncryption: ({ s3 }, text) => s3.send(new GetBucketEncryptionCommand({ Bucket: text('Bucket') })),
  GetBucketOwnershipControls: ({ s3 }, text) =>
    s3.send(new GetBucketOwnershipControlsCommand({ Bucket: text('Bucket') })),
  GetObjectLockConfiguration: ({ s3 }, text) =>
    s3.send(new GetObjectLockConfigurationCommand({ Bucket: text('Bucket') })),
  GetPublicAccessBlock: ({ s3 }, text) =>
    s3.send(new GetPublicAccessBlockCommand({ Bucket: text('Bucket') })),
  DescribeKey: ({ kms }, text) => kms.send(new DescribeKeyCommand({ KeyId: text('KeyId') })),
  GetKeyPolicy: ({ kms }, text) =>
    kms.send(new GetKeyPolicyCommand({ KeyId: text('KeyId'), PolicyName: text('PolicyName') })),
  ListGrants: ({ kms }, text) => kms.send(new ListGrantsCommand({ KeyId: text('KeyId'), ...marker(text) })),
  GetTopicAttributes: ({ sns }, text) =>
    sns.send(new GetTopicAttributesCommand({ TopicArn: text('TopicArn') })),
  DescribeOrganization: ({ organizations }) => organizations.send(new DescribeOrganizationCommand({})),
  ListRoots: ({ organizations }) => organizations.send(new ListRootsCommand({})),
  ListParents: ({ organizations }, text) =>
    organizations.send(new ListParentsCommand({ ChildId: text('ChildId') })),
  ListPoliciesForTarget: ({ organizations }, text) =>
    organizations.send(
      new ListPoliciesForTargetCommand({
        TargetId: text('TargetId'),
        Filter: text('Filter') as PolicyType,
        ...(text('NextToken') !== '' && { NextToken: text('NextToken') }),
      }),
    ),
  DescribePolicy: ({ organizations }, text) =>
    organizations.send(new DescribePolicyCommand({ PolicyId: text('PolicyId') })),
};

function marker(text: Texts): { readonly Marker?: string } {
  return text('Marker') === '' ? {} : { Marker: text('Marker') };
}

interface Paging {
  readonly member: string;
  /** The member of the answer that leads on, and the one of the next request. */
  readonly tokens: readonly [answer: string, request: string];
}

const pages: Readonly<Partial<Record<LiveOperation, Paging>>> = {
  ListRolePolicies: { member: 'PolicyNames', tokens: ['Marker', 'Marker'] },
  ListAttachedRolePolicies: { member: 'AttachedPolicies', tokens: ['Marker', 'Marker'] },
  ListBuckets: { member: 'Buckets', tokens: ['ContinuationToken', 'ContinuationToken'] },
  ListGrants: { member: 'Grants', tokens: ['NextMarker', 'Marker'] },
  ListPoliciesForTarget: { member: 'Policies', tokens: ['NextToken', 'NextToken'] },
};

function nextPage(value: Members, [from, to]: readonly string[]): Members | null {
  if (from === undefined || to === undefined) return null;
  const token = value[from];
  return typeof token === 'string' && token !== '' ? { [to]: token } : null;
}

function textsOf(input: Members): Texts {
  return (name) => {
    const value = input[name];
    return typeof value === 'string' ? value : '';
  };
}

/** As the AWS CLI prints it: JSON, without what only the SDK says. */
function plain(output: object): Members {
  const value: unknown = JSON.parse(JSON.stringify({ ...output, $metadata: undefined }));
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
