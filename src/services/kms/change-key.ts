/** Changes of a key that lose nothing another request wrote meanwhile. */
import type { OperationContext } from '../operation.ts';
import { put, type Change } from '../records.ts';
import { kmsErrors } from './errors.ts';
import { isGone } from './find-key.ts';
import { keys, type KeyRecord, type KmsPorts } from './ports.ts';
import { withDueRotations } from './rotation.ts';

/** Ten writers of one key at once are already unheard of. */
const attemptsMax = 10;

/**
 * Stores what `change` makes of the key, together with the changes that `along` gives for it.
 * Both may be called again with a newer key; they throw where the newer key does not permit the operation.
 *
 * @throws NotFoundException the key is gone; ConflictException others were faster every time
 */
export async function changeKey(
  arn: string,
  context: OperationContext<KmsPorts>,
  change: (key: KeyRecord) => KeyRecord,
  along: (key: KeyRecord) => readonly Change[] = () => [],
): Promise<KeyRecord> {
  const { records } = context.ports;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const stored = await records.get(keys, arn);
    if (stored === null || isGone(stored.value, context.nowMillis()))
      throw kmsErrors.keyDoesNotExist({ arn });
    const next = change(withDueRotations(stored.value, context));
    const changes = [put(keys, arn, next, { ifRevision: stored.revision }), ...along(stored.value)];
    if ((await records.commit(changes)) === 'committed') return next;
  }
  throw kmsErrors.conflict();
}
