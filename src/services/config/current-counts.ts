import type { OperationContext } from '../operation.ts';
import { placeOf } from './find-recorder.ts';
import { placeKey, resources, type ConfigPorts } from './ports.ts';

export interface TypeCount {
  readonly type: string;
  readonly count: number;
}

/** How many resources of each type are there and recorded, in the order of the types. No resource is read for it. */
export async function currentCounts(context: OperationContext<ConfigPorts>): Promise<readonly TypeCount[]> {
  const prefix = `${placeKey(placeOf(context))}/`;
  const tallies = await context.ports.records.tally(resources, 'byCurrentType', prefix);
  return tallies.map(({ value, count }) => ({ type: value.slice(prefix.length), count }));
}
