import type { ListResourceTagsRequest, ListResourceTagsResponse } from '@aws-sdk/client-kms';
import { numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { findOwnKey } from '../own-key.ts';
import { page, readMarker } from '../paging.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'ListResourceTags';

export const listResourceTags = operation<
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  KmsPorts,
  FoundKey
>({
  name,
  validate: (input) =>
    assertConstraints(...keyIdFaults(input.KeyId), numberBetween('limit', input.Limit, 1, 50)),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (_, found, context) => [keyPermission(`kms:${name}`, found, context)],
  operate(input, { key }) {
    const after = readMarker(input.Marker);
    const tags = Object.entries(key.tags)
      .map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.TagKey), Buffer.from(b.TagKey)))
      .filter(
        (tag) => after === undefined || Buffer.compare(Buffer.from(tag.TagKey), Buffer.from(after)) > 0,
      );
    const { items, Truncated, NextMarker } = page(tags, input.Limit ?? 50, (tag) => tag.TagKey);
    return Promise.resolve({ Tags: [...items], Truncated, NextMarker });
  },
});
