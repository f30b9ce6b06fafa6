import type {
  GetDiscoveredResourceCountsRequest,
  GetDiscoveredResourceCountsResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { asResourceType } from '../configuration-item.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts } from '../ports.ts';
import { currentItems } from '../snapshot.ts';
import { assertConstraints } from '../validate.ts';

const name = 'GetDiscoveredResourceCounts';

/** The largest count first; nothing while no recorder runs. spec: CFG-COUNT-1 */
export const getDiscoveredResourceCounts = operation<
  GetDiscoveredResourceCountsRequest,
  GetDiscoveredResourceCountsResponse,
  ConfigPorts,
  null
>({
  name,
  validate(input) {
    assertConstraints(lengthBetween('resourceTypes', input.resourceTypes, 0, 20));
    limitOf(input.limit, 100);
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const after = readNextToken(input.nextToken, name, context);
    const isRunning = (await findRecorder(context))?.value.isRecording === true;
    const present = isRunning ? await currentItems(context.ports, placeOf(context)) : [];
    const types = input.resourceTypes ?? [];
    const wanted = types.length === 0 ? present : present.filter((item) => types.includes(item.resourceType));
    const counts = [...Map.groupBy(wanted, ({ resourceType }) => resourceType)]
      .map(([resourceType, ofType]) => ({ resourceType, count: ofType.length }))
      .sort((a, b) => b.count - a.count || (a.resourceType < b.resourceType ? -1 : 1));
    const limit = limitOf(input.limit, 100);
    const from = after === undefined ? 0 : Number(after);
    const shown = counts.slice(from, from + limit);
    return {
      totalDiscoveredResources: wanted.length,
      resourceCounts: shown.map(({ resourceType, count }) => ({
        resourceType: asResourceType(resourceType),
        count,
      })),
      nextToken: counts.length > from + limit ? nextToken(String(from + limit), name, context) : undefined,
    };
  },
});
