/** What S3 keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import type { Blobs } from '../blobs.ts';
import type { Caller } from '../operation.ts';
import { collection, type Records } from '../records.ts';
import type { Sealing } from '../sealing.ts';

export type SseAlgorithm = 'AES256' | 'aws:kms' | 'aws:kms:dsse';
export type OwnershipSetting = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
export type ChecksumName = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';
export type LockMode = 'GOVERNANCE' | 'COMPLIANCE';

export interface DefaultEncryption {
  readonly sseAlgorithm: SseAlgorithm;
  /** As it was given: a key ID, an alias or an ARN; resolved with each write. `null`: the AWS managed key, or SSE-S3. */
  readonly kmsMasterKeyId: string | null;
  readonly isBucketKeyEnabled: boolean;
}

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export type AclPermission = 'FULL_CONTROL' | 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP';

export interface AclGrant {
  readonly grantee:
    | { readonly kind: 'canonical-user'; readonly id: string }
    | { readonly kind: 'group'; readonly uri: string };
  readonly permission: AclPermission;
}

export interface DefaultRetention {
  readonly mode: LockMode;
  readonly period: { readonly unit: 'days' | 'years'; readonly count: number };
}

/** A bucket as it is stored, under its name. */
export interface BucketRecord {
  readonly name: string;
  readonly account: AccountId;
  readonly region: string;
  readonly partition: string;
  readonly createdAtMillis: number;
  /** The bucket policy's text as it was given. */
  readonly policy: string | null;
  /** `null`: SSE-S3, which is what every bucket answers with. */
  readonly encryption: DefaultEncryption | null;
  /** `null`: the controls were deleted, so that it behaves as `ObjectWriter`. */
  readonly objectOwnership: OwnershipSetting | null;
  readonly publicAccessBlock: PublicAccessBlock | null;
  readonly acl: readonly AclGrant[];
  /** `null`: never set. */
  readonly versioning: 'Enabled' | 'Suspended' | null;
  readonly objectLock: { readonly defaultRetention: DefaultRetention | null } | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Settings that are stored and returned, and do nothing here: `lifecycle`, `cors`, `notification`, ... */
  readonly settings: Readonly<Record<string, unknown>>;
  /** True while DeleteBucket looks whether it is empty: no write may come in between. */
  readonly isBeingDeleted: boolean;
}

/** Where the bytes of one stretch of an object stand, encrypted in chunks under a key derived for it alone. */
export interface Segment {
  /** `null`: in the body of the record. */
  readonly blob: string | null;
  /** Length of the plaintext. */
  readonly sizeBytes: number;
  /** Random, in base64: what tells this segment's key from all others. */
  readonly salt: string;
}

export interface ObjectEncryption {
  readonly sseAlgorithm: SseAlgorithm;
  /** ARN of the KMS key; `null` for SSE-S3. */
  readonly keyArn: string | null;
  readonly isBucketKeyEnabled: boolean;
  /** What the request added to the encryption context, without `aws:s3:arn`. */
  readonly addedContext: Readonly<Record<string, string>>;
  /** The data key in base64: encrypted by KMS, or sealed by this server for SSE-S3. */
  readonly dataKey: string;
}

export interface ObjectChecksum {
  readonly algorithm: ChecksumName;
  /** As in the header; a composite one ends in `-N`. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** The headers that an object is stored with and answered with. */
export interface ObjectHeaders {
  readonly contentType: string | null;
  readonly cacheControl: string | null;
  readonly contentDisposition: string | null;
  readonly contentEncoding: string | null;
  readonly contentLanguage: string | null;
  readonly expires: string | null;
  readonly websiteRedirectLocation: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ObjectPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum: string | null;
}

interface VersionCommon {
  readonly bucket: string;
  readonly key: string;
  /** `null`: written while versioning was off or suspended; AWS shows it as the string `null`. */
  readonly versionId: string | null;
  readonly lastModifiedMillis: number;
  /** Account that wrote it; the owner of the object unless the bucket's owner is. */
  readonly writer: AccountId;
  readonly owner: AccountId;
}

export interface DeleteMarker extends VersionCommon {
  readonly kind: 'delete-marker';
}

export interface ObjectVersion extends VersionCommon {
  readonly kind: 'object';
  readonly sizeBytes: number;
  /** Without quotation marks. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly storageClass: string;
  readonly encryption: ObjectEncryption;
  readonly segments: readonly Segment[];
  readonly checksum: ObjectChecksum | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly acl: readonly AclGrant[];
  readonly retention: { readonly mode: LockMode; readonly untilMillis: number } | null;
  readonly isLegalHold: boolean;
  /** `null`: written in one request. */
  readonly parts: readonly ObjectPart[] | null;
}

export type VersionRecord = ObjectVersion | DeleteMarker;

/** An upload in parts that was neither completed nor aborted. */
export interface UploadRecord {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedAtMillis: number;
  readonly initiator: AccountId;
  readonly initiatorArn: string;
  readonly owner: AccountId;
  readonly headers: ObjectHeaders;
  readonly storageClass: string;
  readonly encryption: ObjectEncryption;
  readonly tags: Readonly<Record<string, string>>;
  readonly acl: readonly AclGrant[];
  readonly retention: { readonly mode: LockMode; readonly untilMillis: number } | null;
  readonly isLegalHold: boolean;
  readonly checksum: { readonly algorithm: ChecksumName; readonly type: ObjectChecksum['type'] } | null;
}

export interface PartRecord {
  readonly uploadId: string;
  readonly partNumber: number;
  readonly etag: string;
  readonly lastModifiedMillis: number;
  readonly segment: Segment;
  readonly checksum: { readonly algorithm: ChecksumName; readonly value: string } | null;
}

/** Under the bucket's name, which is unique across accounts. */
export const buckets = collection<BucketRecord>('s3.buckets', { account: (bucket) => [bucket.account] });

/** The newest version of each key, under `{bucket}/{key}`: a listing is a range of it. */
export const objects = collection<VersionRecord>('s3.objects', { blob: blobsOf });

/** Versions that newer ones cover, under `versionKey`: newest first behind each other. */
export const versions = collection<VersionRecord>('s3.versions', { blob: blobsOf });

/** Under `{bucket}/{key}\0{upload ID}`. */
export const uploads = collection<UploadRecord>('s3.uploads', { id: (upload) => [upload.uploadId] });

/** Under `{upload ID}/{part number in five digits}`. */
export const parts = collection<PartRecord>('s3.parts', {
  blob: ({ segment }) => (segment.blob === null ? [] : [segment.blob]),
});

function blobsOf(record: VersionRecord): readonly string[] {
  if (record.kind === 'delete-marker') return [];
  return record.segments.flatMap(({ blob }) => (blob === null ? [] : [blob]));
}

/** Data keys of KMS, asked for as the caller of S3: joined to KMS through its authorisation. */
export interface DataKeys {
  /** @throws {AwsError} what KMS answered */
  generateDataKey(
    caller: Caller,
    request: {
      /** Key ID, alias or ARN; a bare one is resolved in the caller's account. */
      readonly keyId: string;
      readonly encryptionContext: Readonly<Record<string, string>>;
      readonly region: string;
    },
  ): Promise<{
    readonly plaintext: Uint8Array;
    readonly ciphertextBlob: Uint8Array;
    readonly keyArn: string;
  }>;

  /** @throws {AwsError} what KMS answered */
  decrypt(
    caller: Caller,
    request: {
      readonly ciphertextBlob: Uint8Array;
      readonly encryptionContext: Readonly<Record<string, string>>;
      readonly keyArn: string;
      readonly region: string;
    },
  ): Promise<Uint8Array>;
}

export interface S3Ports {
  readonly records: Records;
  readonly blobs: Blobs;
  readonly dataKeys: DataKeys;
  /** Seals the data keys of SSE-S3 objects under the server's root key. */
  readonly objectKeys: Sealing;
  readonly principals: {
    /** Whether a principal with this ARN (user, role, session, root) exists now; S3 stores no policy that names a missing one. */
    exists(arn: string): Promise<boolean>;
  };
}
