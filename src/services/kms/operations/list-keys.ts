import type { ListKeysRequest, ListKeysResponse } from '@aws-sdk/client-kms';
import { lengthBetween, numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { isGone, localArn } from '../find-key.ts';
import { page, readMarker } from '../paging.ts';
import { keys, type KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

/** Keys of the caller's account in this Region, AWS managed ones included, in the order of their IDs. */
export const listKeys = operation<ListKeysRequest, ListKeysResponse, KmsPorts, null>({
  name: 'ListKeys',
  validate: (input) =>
    assertConstraints(
      numberBetween('limit', input.Limit, 1, 1000),
      lengthBetween('marker', input.Marker, 1, 1024),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [
    { action: 'kms:ListKeys', resource: '*', resourceAccount: context.caller.account },
  ],
  async operate(input, _, context) {
    const limit = input.Limit ?? 100;
    const after = readMarker(input.Marker);
    const stored = await context.ports.records.list(keys, {
      prefix: localArn('key/', context),
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    const { items, Truncated, NextMarker } = page(stored, limit, (key) => key.key);
    const shown = items.filter((key) => !isGone(key.value, context.nowMillis()));
    return {
      Keys: shown.map(({ value }) => ({ KeyId: value.keyId, KeyArn: value.arn })),
      Truncated,
      NextMarker,
    };
  },
});
