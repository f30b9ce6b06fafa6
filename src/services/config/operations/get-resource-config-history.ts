import type {
  GetResourceConfigHistoryRequest,
  GetResourceConfigHistoryResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween, oneOf, required } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import { apiItem } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import { resourceKey, items, type ConfigPorts, type ItemRecord } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'GetResourceConfigHistory';

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
    limitOf(input.limit, 10);
    if (
      input.earlierTime !== undefined &&
      input.laterTime !== undefined &&
      input.earlierTime >= input.laterTime
    )
      throw configErrors.invalidTimeRange();
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const after = readNextToken(input.nextToken, name, context);
    if ((await findRecorder(context)) === null) throw configErrors.noRecorderToRead();
    const [resourceType, resourceId] = [input.resourceType ?? '', input.resourceId ?? ''];
    const all = await itemsOf(resourceType, resourceId, context);
    if (all.length === 0) throw configErrors.notDiscovered({ resourceId, resourceType });
    const isForward = input.chronologicalOrder === 'Forward';
    const inRange = all.filter(
      ({ capturedAtMillis }) =>
        (input.earlierTime === undefined || capturedAtMillis >= input.earlierTime.getTime()) &&
        (input.laterTime === undefined || capturedAtMillis <= input.laterTime.getTime()),
    );
    const ordered = isForward ? inRange : inRange.toReversed();
    const rest = ordered.filter(
      ({ capturedAtMillis }) =>
        after === undefined ||
        (isForward ? capturedAtMillis > Number(after) : capturedAtMillis < Number(after)),
    );
    const limit = limitOf(input.limit, 10);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return {
      configurationItems: shown.map(apiItem),
      nextToken:
        rest.length > limit && last !== undefined
          ? nextToken(String(last.capturedAtMillis), name, context)
          : undefined,
    };
  },
});

/** Oldest first. */
async function itemsOf(
  resourceType: string,
  resourceId: string,
  context: OperationContext<ConfigPorts>,
): Promise<readonly ItemRecord[]> {
  const place = placeOf(context);
  const prefix = `${resourceKey(place, resourceType, resourceId)}\u0001`;
  const stored = await context.ports.records.list(items, { prefix, limit: Infinity });
  return stored.map(({ value }) => value);
}
