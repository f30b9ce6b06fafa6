import type { ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse } from '@aws-sdk/client-kms';
import { numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { present } from '../../../policy/context.ts';
import { changeKey } from '../change-key.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:ScheduleKeyDeletion';
const dayMillis = 86_400_000;
const defaultWindowDays = 30;

/** The key stops working at once and is gone when the waiting period ends. spec: KMS-DELETE-1 */
export const scheduleKeyDeletion = operation<
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
  KmsPorts,
  FoundKey
>({
  name: 'ScheduleKeyDeletion',
  validate(input) {
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      numberBetween('pendingWindowInDays', input.PendingWindowInDays, 1, 365),
    );
    const days = input.PendingWindowInDays ?? defaultWindowDays;
    if (days < 7 || days > 30) throw kmsErrors.pendingWindow();
  },
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: false }, context),
  authorization: (input, found, context) => [
    keyPermission(action, found, context, [
      ['kms:ScheduleKeyDeletionPendingWindowInDays', present(input.PendingWindowInDays ?? defaultWindowDays)],
    ]),
  ],
  async operate(input, { key }, context) {
    const days = input.PendingWindowInDays ?? defaultWindowDays;
    const deletionAtMillis = context.nowMillis() + days * dayMillis;
    await changeKey(key.arn, context, (current) => {
      assertKeyState('ScheduleKeyDeletion', current);
      return { ...current, state: 'PendingDeletion', deletionAtMillis };
    });
    return {
      KeyId: key.arn,
      DeletionDate: new Date(deletionAtMillis),
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    };
  },
});
