/**
 * Which KMS key encrypts what AWS Config writes: the channel's, else the bucket's.
 * spec: DLV-ENC-1, DLV-ENC-2, DLV-ENC-3
 */
import { parseArn } from '../aws/arn.ts';
import type { Found, SetupEntries } from '../setup/entries.ts';
import type { BucketEntry, DeliveryChannel, KeyEntry } from '../setup/schema.ts';

export type EncryptionKey =
  /** SSE-S3: no request to KMS at all. */
  | { readonly kind: 'none' }
  | { readonly kind: 'customer'; readonly arn: string; readonly key: Found<KeyEntry> }
  /** `aws/s3`: AWS made its policy, and nobody can change it. */
  | { readonly kind: 'aws-managed'; readonly arn: string }
  /** The bucket names a key by ID or alias: S3 looks for it in the account of whoever writes. `arn`: where that is the bucket's own. */
  | {
      readonly kind: 'in-writers-account';
      readonly arn: string;
      readonly key: Found<KeyEntry>;
      readonly written: string;
    }
  /** Something that PutDeliveryChannel refuses as `s3KmsKeyArn`. */
  | { readonly kind: 'not-an-arn'; readonly arn: string }
  | { readonly kind: 'unknown' };

/** The key that decides. `bucketRegion` is where bare IDs and aliases are looked for. */
export function encryptionKeyOf(
  entries: Pick<SetupEntries, 'findKey'>,
  channel: DeliveryChannel,
  bucket: Found<BucketEntry>,
  place: { readonly partition: string; readonly bucketRegion: string },
): EncryptionKey {
  const written = channel.s3KmsKeyArn ?? null;
  // spec: DLV-ENC-1
  if (written !== null) return namedByArn(entries, written) ?? { kind: 'not-an-arn', arn: written };
  if (bucket.state !== 'found') return { kind: bucket.state === 'not-given' ? 'unknown' : 'none' };
  const { account = '', encryption } = bucket.entry;
  if (encryption === undefined || encryption === null || encryption.sseAlgorithm === 'AES256')
    return { kind: 'none' };
  const inBucketsAccount = (resource: string): string =>
    `arn:${place.partition}:kms:${place.bucketRegion}:${account}:${resource}`;
  const id = encryption.kmsMasterKeyID ?? null;
  // spec: DLV-ENC-2
  if (id === null || id === 'alias/aws/s3')
    return { kind: 'aws-managed', arn: inBucketsAccount('alias/aws/s3') };
  const named = namedByArn(entries, id);
  if (named !== null) return named;
  // spec: DLV-ENC-3
  const arn = inBucketsAccount(id.startsWith('alias/') ? id : `key/${id}`);
  const key = entries.findKey(arn, account, place.bucketRegion);
  return { kind: 'in-writers-account', arn: key.state === 'found' ? key.entry.arn : arn, key, written: id };
}

function namedByArn(entries: Pick<SetupEntries, 'findKey'>, text: string): EncryptionKey | null {
  const arn = parseArn(text);
  if (arn?.service !== 'kms') return null;
  const { account, region, resource } = arn;
  if (resource === 'alias/aws/s3') return { kind: 'aws-managed', arn: text };
  if (!resource.startsWith('key/') && !resource.startsWith('alias/')) return null;
  const key = entries.findKey(text, account, region);
  return { kind: 'customer', arn: key.state === 'found' ? key.entry.arn : text, key };
}
