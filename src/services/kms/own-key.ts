/** What TagResource, UntagResource and UpdateKeyDescription share: a change of the key that its own permission guards. */
import type { OperationContext } from '../operation.ts';
import { changeKey } from './change-key.ts';
import { findKey, type FoundKey } from './find-key.ts';
import { assertKeyState, type KeyOperationName } from './key-states.ts';
import type { KeyRecord, KmsPorts } from './ports.ts';

export function findOwnKey(
  name: KeyOperationName,
  keyId: string | undefined,
  context: OperationContext<KmsPorts>,
): Promise<FoundKey> {
  return findKey(
    keyId ?? '',
    { action: `kms:${name}`, takesAliases: false, worksAcrossAccounts: false },
    context,
  );
}

export async function changeInState(
  name: KeyOperationName,
  found: FoundKey,
  context: OperationContext<KmsPorts>,
  change: (key: KeyRecord) => KeyRecord,
): Promise<void> {
  await changeKey(found.key.arn, context, (key) => {
    assertKeyState(name, key);
    return change(key);
  });
}
