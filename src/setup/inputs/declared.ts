/**
 * What an input (a Terraform plan, a CloudFormation template) declares, in AWS's words and without its own: the
 * readers fill it, one assembler makes setups of it.
 */
import type { BucketEntry, KeyEntry, PolicyDocument } from '../schema.ts';
import type { Known } from './unknown-value.ts';

/** Where something was declared. */
export interface Origin {
  /** `module.logs.aws_kms_key.config`, or a template's logical ID. */
  readonly address: string;
  readonly file: string | null;
  /** Where the node at this pointer, relative to what was declared, stands in the file. */
  locate(pointer: string): { readonly line: number; readonly column: number } | null;
}

export interface DeclaredPolicy {
  /** A policy object. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

export interface DeclaredPlace {
  readonly origin: Origin;
  /** `null`: nothing says it. */
  readonly account: string | null;
  readonly region: string | null;
  /** Recorder and channel of one scope belong together: a provider of a module, a template. */
  readonly scope: string;
  /** Read from AWS itself: what is not here does not exist, or is not known. */
  readonly isWhole?: boolean;
}

export interface DeclaredRecorder extends DeclaredPlace {
  readonly roleARN: Known<string>;
}

export interface DeclaredChannel extends DeclaredPlace {
  readonly s3BucketName: Known<string>;
  readonly s3KeyPrefix: Known<string | null>;
  readonly s3KmsKeyArn: Known<string | null>;
  readonly snsTopicARN: Known<string | null>;
}

type Encryption = NonNullable<BucketEntry['encryption']>;

/** Settings of a bucket; a missing member says nothing. */
export interface BucketSettings {
  readonly encryption?: Known<Encryption | null>;
  readonly objectOwnership?: Known<NonNullable<BucketEntry['objectOwnership']>>;
  readonly objectLock?: Known<{ readonly defaultRetention: boolean }>;
  readonly publicAccessBlock?: Known<NonNullable<BucketEntry['publicAccessBlock']>>;
  readonly policy?: Known<DeclaredPolicy | null>;
}

export interface DeclaredBucket extends DeclaredPlace {
  readonly name: string;
  readonly settings: BucketSettings;
}

/** Something that is said about a bucket away from the bucket itself. */
export interface DeclaredBucketPart {
  readonly bucket: Known<string>;
  readonly settings: BucketSettings;
  readonly origin: Origin;
}

export interface DeclaredKey extends DeclaredPlace {
  readonly arn: string;
  /** `null`: KMS gives the key its default policy. */
  readonly policy: Known<DeclaredPolicy | null>;
  readonly keyState: Known<NonNullable<KeyEntry['keyState']>>;
}

export interface DeclaredKeyPolicy {
  /** ARN or ID. */
  readonly key: Known<string>;
  readonly policy: Known<DeclaredPolicy>;
  readonly origin: Origin;
}

export interface DeclaredAlias {
  readonly name: Known<string>;
  readonly key: Known<string>;
}

export interface DeclaredGrant {
  readonly key: Known<string>;
  readonly grant: Known<NonNullable<KeyEntry['grants']>[number]>;
  readonly origin: Origin;
}

export interface DeclaredInlinePolicy {
  readonly name: string;
  readonly policy: Known<DeclaredPolicy>;
}

export interface DeclaredRole extends DeclaredPlace {
  readonly arn: string;
  readonly trustPolicy: Known<DeclaredPolicy>;
  readonly policies: readonly DeclaredInlinePolicy[];
  readonly managedPolicies: readonly Known<string>[];
  readonly permissionsBoundary: Known<string | null>;
}

/** A policy of a role that stands apart from the role. */
export interface DeclaredRolePolicy extends DeclaredInlinePolicy {
  readonly role: Known<string>;
  readonly account: string | null;
}

export interface DeclaredAttachment {
  readonly role: Known<string>;
  readonly account: string | null;
  readonly policyArn: Known<string>;
}

/** A role has no policies of the kind but these. */
export interface DeclaredExclusive {
  readonly kind: 'inline' | 'attached';
  readonly role: Known<string>;
  readonly account: string | null;
  /** Names, or ARNs. */
  readonly only: readonly Known<string>[];
}

export interface DeclaredManagedPolicy {
  readonly arn: string;
  readonly policy: Known<DeclaredPolicy>;
}

export interface DeclaredTopic extends DeclaredPlace {
  readonly arn: string;
  /** `null`: SNS gives the topic its default policy. */
  readonly policy: Known<DeclaredPolicy | null>;
  readonly kmsMasterKeyId: Known<string | null>;
}

export interface DeclaredTopicPolicy {
  readonly topic: Known<string>;
  readonly policy: Known<DeclaredPolicy>;
  readonly origin: Origin;
}

/** An SCP or RCP that an input attaches. */
export interface ControlPolicy {
  /** Of what attaches it. */
  readonly address: string;
  readonly kind: string;
  /** An account's, a unit's or a root's ID. */
  readonly target: Known<string>;
  readonly document: Known<Readonly<Record<string, unknown>>>;
  readonly origin: Origin;
}

export interface ControlPolicies {
  readonly attached: readonly ControlPolicy[];
  /** The parent of an account or a unit. */
  readonly parents: ReadonlyMap<string, string>;
  readonly roots: readonly string[];
  readonly organizationId: string | null;
  readonly managementAccount: string | null;
}

/** An organization, or as much of it as is known. */
export interface DeclaredOrganization {
  readonly origin: Origin;
  readonly id: string;
  readonly managementAccount: string | null;
  readonly accounts: readonly DeclaredMember[];
}

/** An account of an organization; a missing member is not known. */
export interface DeclaredMember {
  readonly id: string;
  readonly path?: string;
  /** A list for each level from root to account. */
  readonly serviceControlPolicies?: readonly (readonly PolicyDocument[])[];
  readonly resourceControlPolicies?: readonly (readonly PolicyDocument[])[];
}

export interface Declared {
  readonly recorders: DeclaredRecorder[];
  readonly channels: DeclaredChannel[];
  readonly buckets: DeclaredBucket[];
  readonly bucketParts: DeclaredBucketPart[];
  readonly keys: DeclaredKey[];
  readonly keyPolicies: DeclaredKeyPolicy[];
  readonly aliases: DeclaredAlias[];
  readonly grants: DeclaredGrant[];
  readonly roles: DeclaredRole[];
  readonly rolePolicies: DeclaredRolePolicy[];
  readonly attachments: DeclaredAttachment[];
  readonly exclusives: DeclaredExclusive[];
  readonly managedPolicies: DeclaredManagedPolicy[];
  readonly topics: DeclaredTopic[];
  readonly topicPolicies: DeclaredTopicPolicy[];
  /** Known to be in none: `null`. */
  readonly organizations: (DeclaredOrganization | null)[];
  readonly controlPolicies: ControlPolicies[];
  /** What was taken without being said, in words for a report. */
  readonly notes: string[];
}

export function nothingDeclared(): Declared {
  return {
    recorders: [],
    channels: [],
    buckets: [],
    bucketParts: [],
    keys: [],
    keyPolicies: [],
    aliases: [],
    grants: [],
    roles: [],
    rolePolicies: [],
    attachments: [],
    exclusives: [],
    managedPolicies: [],
    topics: [],
    topicPolicies: [],
    organizations: [],
    controlPolicies: [],
    notes: [],
  };
}
