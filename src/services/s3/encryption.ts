/**
 * With which key an object is encrypted, and how that key is come by.
 * spec: S3-KMS-1, S3-KMS-2, S3-KMS-3, S3-KMS-4, S3-REST-1
 */
import { AwsError } from '../aws-error.ts';
import { kmsError, s3Errors } from './errors.ts';
import { bucketArn, objectArn, type S3Context } from './find-bucket.ts';
import type { BucketRecord, ObjectEncryption, SseAlgorithm } from './ports.ts';

/** The members of a request that choose the encryption. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
}

export interface OpenedKey {
  readonly encryption: ObjectEncryption;
  readonly dataKey: Uint8Array;
}

/** @throws InvalidArgument the headers contradict each other, or name what is not had here */
export function assertEncryptionInput(input: EncryptionInput): void {
  if (input.SSECustomerAlgorithm !== undefined)
    throw s3Errors.headerNotImplemented({}, { Header: 'x-amz-server-side-encryption-customer-algorithm' });
  const algorithm = input.ServerSideEncryption;
  if (algorithm !== undefined && !isSseAlgorithm(algorithm))
    throw s3Errors.sseNotSupported(
      {},
      { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: algorithm },
    );
  if (input.SSEKMSKeyId !== undefined && !isKms(algorithm))
    throw s3Errors.kmsKeyHeaderAlone(
      {},
      {
        ArgumentName: 'x-amz-server-side-encryption',
        ...(algorithm === undefined ? {} : { ArgumentValue: algorithm }),
      },
    );
  if (input.SSEKMSEncryptionContext !== undefined) addedContext(input.SSEKMSEncryptionContext);
}

/**
 * A fresh data key for an object: KMS's, asked for as the caller, or this server's own.
 *
 * @throws AccessDenied, KMS.NotFoundException, KMS.DisabledException and what else KMS answers
 */
export async function newDataKey(
  input: EncryptionInput,
  bucket: BucketRecord,
  key: string,
  context: S3Context,
): Promise<OpenedKey> {
  const chosen = chooseEncryption(input, bucket);
  if (chosen.kmsKeyId === null) {
    const dataKey = context.randomBytes(32);
    return {
      dataKey,
      encryption: {
        sseAlgorithm: 'AES256',
        keyArn: null,
        isBucketKeyEnabled: false,
        addedContext: {},
        dataKey: base64(context.ports.objectKeys.seal(dataKey)),
      },
    };
  }
  assertSigned(context);
  assertKeyIsResolvable(chosen.kmsKeyId, context);
  const { isBucketKeyEnabled, addedContext: added } = chosen;
  const made = await asking(() =>
    context.ports.dataKeys.generateDataKey(context.caller, {
      keyId: chosen.kmsKeyId ?? '',
      encryptionContext: encryptionContext(bucket, key, chosen),
      region: bucket.region,
    }),
  );
  return {
    dataKey: made.plaintext,
    encryption: {
      sseAlgorithm: chosen.sseAlgorithm,
      keyArn: made.keyArn,
      isBucketKeyEnabled,
      addedContext: added,
      dataKey: base64(made.ciphertextBlob),
    },
  };
}

/** The data key of a stored object. @throws AccessDenied, KMS.DisabledException and what else KMS answers */
export async function openDataKey(
  encryption: ObjectEncryption,
  bucket: BucketRecord,
  key: string,
  context: S3Context,
): Promise<Uint8Array> {
  const sealed = Buffer.from(encryption.dataKey, 'base64');
  const { keyArn } = encryption;
  if (keyArn === null) return context.ports.objectKeys.open(sealed);
  assertSigned(context);
  return asking(() =>
    context.ports.dataKeys.decrypt(context.caller, {
      ciphertextBlob: sealed,
      encryptionContext: encryptionContext(bucket, key, encryption),
      keyArn,
      region: bucket.region,
    }),
  );
}

/** The members of an answer that tell the encryption. spec: S3-KMS-5 */
export function encryptionMembers(encryption: ObjectEncryption): {
  ServerSideEncryption: SseAlgorithm;
  SSEKMSKeyId?: string;
  BucketKeyEnabled?: true;
} {
  return {
    ServerSideEncryption: encryption.sseAlgorithm,
    ...(encryption.keyArn === null ? {} : { SSEKMSKeyId: encryption.keyArn }),
    ...(encryption.isBucketKeyEnabled ? { BucketKeyEnabled: true as const } : {}),
  };
}

export function isSseAlgorithm(text: string): text is SseAlgorithm {
  return text === 'AES256' || isKms(text);
}

export function isKms(text: string | undefined): text is 'aws:kms' | 'aws:kms:dsse' {
  return text === 'aws:kms' || text === 'aws:kms:dsse';
}

interface Chosen {
  readonly sseAlgorithm: SseAlgorithm;
  /** `null`: SSE-S3. */
  readonly kmsKeyId: string | null;
  readonly isBucketKeyEnabled: boolean;
  readonly addedContext: Readonly<Record<string, string>>;
}

/** The headers win as a whole: `aws:kms` without a key is the AWS managed key even where the bucket names another. */
function chooseEncryption(input: EncryptionInput, bucket: BucketRecord): Chosen {
  const fallback = bucket.encryption;
  const algorithm = input.ServerSideEncryption ?? fallback?.sseAlgorithm ?? 'AES256';
  if (!isKms(algorithm))
    return { sseAlgorithm: 'AES256', kmsKeyId: null, isBucketKeyEnabled: false, addedContext: {} };
  const named = input.ServerSideEncryption === undefined ? fallback?.kmsMasterKeyId : input.SSEKMSKeyId;
  return {
    sseAlgorithm: algorithm,
    kmsKeyId: named ?? managedKeyAlias(bucket),
    isBucketKeyEnabled:
      algorithm === 'aws:kms' && (input.BucketKeyEnabled ?? fallback?.isBucketKeyEnabled ?? false),
    addedContext:
      input.SSEKMSEncryptionContext === undefined ? {} : addedContext(input.SSEKMSEncryptionContext),
  };
}

/** `aws/s3` of the bucket's owner, whoever writes. spec: S3-KMS-6 */
function managedKeyAlias({ partition, region, account }: BucketRecord): string {
  return `arn:${partition}:kms:${region}:${account}:alias/aws/s3`;
}

/** spec: S3-KMS-2 */
function encryptionContext(
  bucket: BucketRecord,
  key: string,
  of: Pick<ObjectEncryption, 'isBucketKeyEnabled' | 'addedContext'>,
): Readonly<Record<string, string>> {
  const arn = of.isBucketKeyEnabled ? bucketArn(bucket) : objectArn(bucket, key);
  return { ...of.addedContext, 'aws:s3:arn': arn };
}

/** @throws InvalidArgument not base64 of a JSON object of texts, or it claims S3's own member */
function addedContext(header: string): Readonly<Record<string, string>> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    throw s3Errors.sseContextMalformed();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw s3Errors.sseContextMalformed();
  const entries = Object.entries(value);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
    throw s3Errors.sseContextMalformed();
  return Object.fromEntries(entries.filter(([name]) => name !== 'aws:s3:arn'));
}

// spec: S3-KMS-7
function assertSigned({ caller }: S3Context): void {
  if (caller.principal.kind === 'anonymous')
    throw s3Errors.signatureNeededForKms({}, { ArgumentName: 'Authorization', ArgumentValue: 'null' });
}

/**
 * A bare key ID or alias belongs to the account of whoever writes; which account that is for an AWS service,
 * AWS does not say, and what is not known is not allowed.
 * spec: S3-KMS-8
 */
function assertKeyIsResolvable(keyId: string, { caller }: S3Context): void {
  if (caller.principal.kind === 'service' && !keyId.startsWith('arn:')) throw s3Errors.accessDenied();
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof AwsError ? kmsError(error) : error;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
