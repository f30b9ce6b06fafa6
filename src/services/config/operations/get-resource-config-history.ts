import type {
  GetResourceConfigHistoryRequest,
  GetResourceConfigHistoryResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween, oneOf, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { apiItem } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import {
  itemKey,
  items,
  itemsPrefix,
  resourceKey,
  resources,
  type ConfigPorts,
  type ItemRecord,
} from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'GetResourceConfigHistory';
const limitDefault = 10;

/** What one page spans at most. spec: CFG-HISTORY-2 */
const pageMillis = 7 * 24 * 60 * 60 * 1000;

/** The items of one resource, newest first unless told otherwise. spec: CFG-HISTORY-1 */
export const getResourceConfigHistory = operation<
  GetResourceConfigHistoryRequest,
  GetResourceConfigHistoryResponse,
  ConfigPorts,
  null
>({
  name,
  validate(input) {
    assertConstraints(
      required('resourceType', input.resourceType),
      required('resourceId', input.resourceId),
      lengthBetween('resourceId', input.resourceId, 1, 768),
      oneOf('chronologicalOrder', input.chronologicalOrder, ['Reverse', 'Forward']),
    );
    limitOf(input.limit, limitDefault);
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const [resourceType, resourceId] = [input.resourceType ?? '', input.resourceId ?? ''];
    const tokenOf = tokenNameOf(input);
    const after = readNextToken(input.nextToken, tokenOf, context);
    const { records } = context.ports;
    // spec: CFG-HISTORY-3
    const laterMillis = input.laterTime?.getTime();
    const earlierMillis = input.earlierTime?.getTime();
    if (earlierMillis !== undefined && earlierMillis >= (laterMillis ?? context.nowMillis()))
      throw configErrors.invalidTimeRange();
    if ((await findRecorder(context)) === null) throw configErrors.noRecorderToRead();
    const place = placeOf(context);
    if ((await records.get(resources, resourceKey(place, resourceType, resourceId))) === null)
      throw configErrors.notDiscovered({ resourceId, resourceType });

    const keyAt = (millis: number): string => itemKey(place, resourceType, resourceId, Math.max(0, millis));
    const limit = limitOf(input.limit, limitDefault);
    const found = await records.list(items, {
      prefix: itemsPrefix(place, resourceType, resourceId),
      isDescending: input.chronologicalOrder !== 'Forward',
      limit: limit + 1,
      ...(earlierMillis === undefined ? {} : { atLeast: keyAt(earlierMillis) }),
      ...(laterMillis === undefined ? {} : { below: keyAt(laterMillis + 1) }),
      ...(after === undefined ? {} : { after: keyAt(Number(after)) }),
    });
    const shown = pageOf(
      found.map(({ value }) => value),
      limit,
    );
    const last = shown.at(-1);
    return {
      configurationItems: shown.map(apiItem),
      nextToken:
        found.length > shown.length && last !== undefined
          ? nextToken(String(last.capturedAtMillis), tokenOf, context)
          : undefined,
    };
  },
});

/** A token goes on with the request that it was given out for. */
function tokenNameOf(input: GetResourceConfigHistoryRequest): string {
  const { resourceType, resourceId, chronologicalOrder = 'Reverse', earlierTime, laterTime } = input;
  const times = [earlierTime, laterTime].map((time) => time?.getTime() ?? null);
  return JSON.stringify([name, resourceType, resourceId, chronologicalOrder, ...times]);
}

function pageOf(found: readonly ItemRecord[], limit: number): readonly ItemRecord[] {
  const [first] = found;
  if (first === undefined) return [];
  const isInSpan = ({ capturedAtMillis }: ItemRecord): boolean =>
    Math.abs(capturedAtMillis - first.capturedAtMillis) <= pageMillis;
  const outside = found.findIndex((item) => !isInSpan(item));
  return found.slice(0, outside < 0 ? limit : Math.min(outside, limit));
}
