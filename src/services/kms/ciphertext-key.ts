/** The key that a ciphertext blob names. */
import { parseArn } from '../../aws/arn.ts';
import type { OperationContext } from '../operation.ts';
import type { OpenedHeader } from './ciphertext.ts';
import { kmsErrors } from './errors.ts';
import { findStoredKey, grantsOf, type FoundKey } from './find-key.ts';
import type { KmsPorts } from './ports.ts';

/**
 * @throws AccessDeniedException there is no such key in this Region: the blob's reader learns no more
 * spec: KMS-ID-4
 */
export async function findCiphertextKey(
  opened: OpenedHeader,
  context: OperationContext<KmsPorts>,
): Promise<FoundKey> {
  const isHere = parseArn(opened.keyArn)?.region === context.region;
  const key = isHere ? await findStoredKey(opened.keyArn, context) : null;
  if (key === null) throw kmsErrors.ciphertextKeyHidden();
  return { key, grants: await grantsOf(key, context), requestAlias: null };
}
