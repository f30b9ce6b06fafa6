import type {
  ListDiscoveredResourcesRequest,
  ListDiscoveredResourcesResponse,
} from '@aws-sdk/client-config-service';
import { required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { asResourceType } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts, ItemRecord } from '../ports.ts';
import { knownItems } from '../snapshot.ts';
import { assertConstraints } from '../validate.ts';

const name = 'ListDiscoveredResources';

/** spec: CFG-LIST-1 */
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
    limitOf(input.limit, 100);
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const after = readNextToken(input.nextToken, name, context);
    if ((await findRecorder(context)) === null) throw configErrors.noRecorderToRead();
    const place = placeOf(context);
    const isWanted = (item: ItemRecord) => input.includeDeletedResources === true || !isDeletion(item);
    const found = (await knownItems(context.ports.records, place))
      .filter(isWanted)
      .filter((item) => item.resourceType === input.resourceType)
      .filter((item) => input.resourceIds?.includes(item.resourceId) ?? true)
      .filter((item) => input.resourceName === undefined || item.resourceName === input.resourceName)
      .sort((a, b) => Buffer.compare(Buffer.from(a.resourceId), Buffer.from(b.resourceId)));
    const rest = found.filter((item) => after === undefined || item.resourceId > after);
    const limit = limitOf(input.limit, 100);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return {
      resourceIdentifiers: shown.map((item) => ({
        resourceType: asResourceType(item.resourceType),
        resourceId: item.resourceId,
        resourceName: item.resourceName ?? undefined,
        resourceDeletionTime: isDeletion(item) ? new Date(item.capturedAtMillis) : undefined,
      })),
      nextToken:
        rest.length > limit && last !== undefined ? nextToken(last.resourceId, name, context) : undefined,
    };
  },
});

function isDeletion({ status }: ItemRecord): boolean {
  return status === 'ResourceDeleted' || status === 'ResourceDeletedNotRecorded';
}
