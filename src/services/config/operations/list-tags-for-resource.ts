import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-config-service';
import { operation } from '../../operation.ts';
import type { Stored } from '../../records.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { recorderPermission } from '../permission.ts';
import type { ConfigPorts, RecorderRecord } from '../ports.ts';
import { assertResourceArn, getTagged } from '../tags.ts';

const name = 'ListTagsForResource';
const pageDefault = 50;

/** spec: CFG-TAG-1, CFG-PAGE-1 */
export const listTagsForResource = operation<
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ConfigPorts,
  Stored<RecorderRecord>
>({
  name,
  validate(input) {
    assertResourceArn(input.ResourceArn);
    limitOf(input.Limit, pageDefault);
  },
  resolve: (input, context) => getTagged(input.ResourceArn ?? '', context),
  authorization: (_, recorder, context) => [recorderPermission(name, recorder.value, context)],
  operate(input, recorder, context) {
    const after = readNextToken(input.NextToken, name, context);
    const limit = limitOf(input.Limit, pageDefault);
    const rest = Object.entries(recorder.value.tags)
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .filter(([key]) => after === undefined || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1)?.[0];
    return Promise.resolve({
      Tags: shown.map(([Key, Value]) => ({ Key, Value })),
      NextToken: rest.length > limit && last !== undefined ? nextToken(last, name, context) : undefined,
    });
  },
});
