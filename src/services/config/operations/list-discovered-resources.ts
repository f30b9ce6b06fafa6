import type {
  ListDiscoveredResourcesRequest,
  ListDiscoveredResourcesResponse,
} from '@aws-sdk/client-config-service';
import { required } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import type { Condition } from '../../record-query.ts';
import { asResourceType } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import { resourceKey, resources, type ConfigPorts, type ResourceRecord } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

type Context = OperationContext<ConfigPorts>;

const name = 'ListDiscoveredResources';
const limitDefault = 100;

/** Resources of one type in the order of their IDs, those that are not recorded, too. spec: CFG-LIST-1 */
export const listDiscoveredResources = operation<
  ListDiscoveredResourcesRequest,
  ListDiscoveredResourcesResponse,
  ConfigPorts,
  null
>({
  name,
  validate(input) {
    assertConstraints(required('resourceType', input.resourceType));
    if (input.resourceIds !== undefined && input.resourceName !== undefined)
      throw configErrors.validation({
        message: 'Both Resource ID and Resource Name cannot be specified in the request',
      });
    if ((input.resourceIds?.length ?? 0) > 20)
      throw configErrors.validation({
        message: "The specified list had more than 20 resource ID's. It must have '20' or less items",
      });
    limitOf(input.limit, limitDefault);
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    // A token goes on with the request that it was given out for.
    const { resourceType, resourceIds, resourceName, includeDeletedResources = false } = input;
    const tokenOf = JSON.stringify([name, resourceType, resourceIds, resourceName, includeDeletedResources]);
    const after = readNextToken(input.nextToken, tokenOf, context);
    if ((await findRecorder(context)) === null) throw configErrors.noRecorderToRead();
    const limit = limitOf(input.limit, limitDefault);
    const found = await resourcesOf(input, after, limit + 1, context);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      resourceIdentifiers: shown.map(({ item, isDeleted }) => ({
        resourceType: asResourceType(item.resourceType),
        resourceId: item.resourceId,
        resourceName: item.resourceName ?? undefined,
        resourceDeletionTime: isDeleted ? new Date(item.capturedAtMillis) : undefined,
      })),
      nextToken:
        found.length > limit && last !== undefined ? nextToken(last.resourceId, tokenOf, context) : undefined,
    };
  },
});

async function resourcesOf(
  input: ListDiscoveredResourcesRequest,
  afterId: string | undefined,
  limit: number,
  context: Context,
): Promise<readonly ResourceRecord[]> {
  const { resourceType, resourceIds, resourceName, includeDeletedResources = false } = input;
  const keyOf = (id: string): string => resourceKey(placeOf(context), resourceType ?? '', id);
  const { records } = context.ports;
  if (resourceIds !== undefined && resourceIds.length > 0) {
    const ids = [...new Set(resourceIds)]
      .sort(compareBytes)
      .filter((id) => afterId === undefined || compareBytes(id, afterId) > 0);
    const found = await Promise.all(ids.map((id) => records.get(resources, keyOf(id))));
    return found
      .flatMap((resource) => (resource === null ? [] : [resource.value]))
      .filter(({ isDeleted }) => includeDeletedResources || !isDeleted)
      .slice(0, limit);
  }
  const conditions: readonly Condition[] = [
    ...(includeDeletedResources ? [] : [is('isDeleted', false)]),
    ...(resourceName === undefined ? [] : [is('item.resourceName', resourceName)]),
  ];
  const found = await records.select(resources, {
    scope: { kind: 'keys', prefixes: [keyOf('')] },
    where: { kind: 'all', of: conditions },
    orderBy: [],
    limit,
    ...(afterId === undefined ? {} : { after: { values: [], key: keyOf(afterId) } }),
  });
  return found.map(({ record }) => record.value);
}

function is(path: string, value: string | boolean): Condition {
  return { kind: 'test', operand: { kind: 'path', path: path.split('.') }, test: '=', value };
}

/** The order of the store's keys. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
