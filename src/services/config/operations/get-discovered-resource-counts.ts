import type {
  GetDiscoveredResourceCountsRequest,
  GetDiscoveredResourceCountsResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { asResourceType } from '../configuration-item.ts';
import { currentCounts, type TypeCount } from '../current-counts.ts';
import { findRecorder } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'GetDiscoveredResourceCounts';
const limitDefault = 100;

/** The largest count first; nothing while no recorder runs. spec: CFG-COUNT-1 */
export const getDiscoveredResourceCounts = operation<
  GetDiscoveredResourceCountsRequest,
  GetDiscoveredResourceCountsResponse,
  ConfigPorts,
  null
>({
  name,
  validate(input) {
    assertConstraints(
      lengthBetween('resourceTypes', input.resourceTypes, 0, 20),
      ...(input.resourceTypes ?? []).map((type, index) =>
        lengthBetween(`resourceTypes.${String(index + 1)}.member`, type, 1, 256),
      ),
    );
    limitOf(input.limit, limitDefault);
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const types = input.resourceTypes ?? [];
    const tokenOf = JSON.stringify([name, ...types]);
    const after = readNextToken(input.nextToken, tokenOf, context);
    const isRunning = (await findRecorder(context))?.value.isRecording === true;
    const known = isRunning ? await currentCounts(context) : [];
    const counts = known.filter(({ type }) => types.length === 0 || types.includes(type)).sort(byCount);
    // A token that is ours holds what was put into it below.
    const last = after === undefined ? null : (JSON.parse(after) as TypeCount);
    const rest = counts.filter((count) => last === null || byCount(count, last) > 0);
    const limit = limitOf(input.limit, limitDefault);
    const shown = rest.slice(0, limit);
    return {
      totalDiscoveredResources: counts.reduce((sum, { count }) => sum + count, 0),
      resourceCounts: shown.map(({ type, count }) => ({ resourceType: asResourceType(type), count })),
      nextToken: rest.length > limit ? nextToken(JSON.stringify(shown.at(-1)), tokenOf, context) : undefined,
    };
  },
});

function byCount(a: TypeCount, b: TypeCount): number {
  return b.count - a.count || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0);
}
