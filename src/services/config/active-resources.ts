/**
 * How many custom resources a place may have. They are counted once in a while: so many as there was room for must
 * have come before it can be full.
 * spec: CFG-CUSTOM-6
 */
import type { QueryableRecords } from '../records.ts';
import { configErrors } from './errors.ts';
import { placeKey, resources, type Place } from './ports.ts';

export const activeResourcesMax = 100_000;

/** By the records of a server: how many more may come to a place before they are counted again. */
const rooms = new WeakMap<QueryableRecords, Map<string, number>>();

/** Takes the room for one more. @throws MaxActiveResourcesExceededException */
export async function takeRoom(
  records: QueryableRecords,
  place: Place,
  max: number = activeResourcesMax,
): Promise<void> {
  const ofPlaces = rooms.get(records) ?? new Map<string, number>();
  rooms.set(records, ofPlaces);
  const key = placeKey(place);
  if ((ofPlaces.get(key) ?? 0) <= 0) ofPlaces.set(key, max - (await countOf(records, key)));
  const left = ofPlaces.get(key) ?? 0;
  if (left <= 0) throw configErrors.tooManyActiveResources();
  ofPlaces.set(key, left - 1);
}

async function countOf(records: QueryableRecords, key: string): Promise<number> {
  const prefix = `${key}/`;
  const types = await records.tally(resources, 'byCurrentType', prefix);
  const custom = types.filter(({ value }) => !value.startsWith(`${prefix}AWS::`));
  return custom.reduce((sum, { count }) => sum + count, 0);
}
