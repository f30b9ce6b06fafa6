/**
 * Records what is there when a recorder begins or records other types than before, and that what is gone meanwhile
 * is gone.
 * spec: CFG-RECORD-4
 */
import type { Records } from '../records.ts';
import {
  placeKey,
  recorders,
  resourceKey,
  resources,
  schedules,
  type ConfigPorts,
  type Place,
  type RecorderRecord,
} from './ports.ts';
import { changesOf, frequencyOf, hasTopic, type Sighting } from './record-resource.ts';
import { recorderResource } from './recorder-resource.ts';
import { isKnownIn } from './recording-group.ts';
import { hasDaily } from './recording-mode.ts';
import { dailyIntervalMillis, nextDue, rescheduled } from './schedule.ts';

/** How often something of the place may change meanwhile before something is wrong. */
const triesMax = 50;

/** Which types an inventory looks at: all when a recorder begins, those of a day at its end, the others in between. */
export type InventoryScope = 'all' | 'daily' | 'continuous';

/** Ends with the order for it taken back: an inventory that a crash ended is taken again. */
export async function takeInventory(
  ports: Pick<ConfigPorts, 'records' | 'inventory'>,
  place: Place & { readonly partition: string },
  nowMillis: number,
  scope: InventoryScope = 'all',
): Promise<void> {
  for (let tries = 0; tries < triesMax; tries++)
    if (await tryInventory(ports, place, nowMillis, scope)) return;
  throw new Error(`what ${placeKey(place)} holds changes all the time`);
}

async function tryInventory(
  { records, inventory }: Pick<ConfigPorts, 'records' | 'inventory'>,
  of: Place & { readonly partition: string },
  nowMillis: number,
  scope: InventoryScope,
): Promise<boolean> {
  const place: Place = { account: of.account, region: of.region };
  const recorder = (await records.get(recorders, placeKey(place)))?.value;
  const schedule = await records.get(schedules, placeKey(place));
  const done = (ends: number | null) =>
    rescheduled(schedule, place, {
      ...(scope === 'all' ? { inventoryAtMillis: null } : {}),
      dailyAtMillis: nextDaily(recorder, schedule?.value.dailyAtMillis ?? null, nowMillis),
      endsAtMillis: ends,
    });
  if (recorder?.isRecording !== true) return (await records.commit(done(null))) === 'committed';
  // Known first: what changes after this has a newer item, and the commit below conflicts.
  const known = await knownOf(records, place);
  const present = [...(await inventory.of({ ...of, nowMillis })), recorderResource(recorder)].filter((item) =>
    isKnownIn(place.region, item.resourceType),
  );
  const isLookedAt = ({ resourceType }: Pick<Sighting, 'resourceType'>) =>
    scope === 'all' || (frequencyOf(recorder, resourceType) === 'DAILY') === (scope === 'daily');
  const keyOf = (item: Pick<Sighting, 'resourceType' | 'resourceId'>) =>
    resourceKey(place, item.resourceType, item.resourceId);
  const presentKeys = new Set(present.map(keyOf));
  const gone = [...known.values()]
    .map(({ value }) => value)
    .filter((resource) => isOfTheServer(resource.resourceType) && !presentKeys.has(keyOf(resource)));
  const sightings: readonly Sighting[] = [
    ...present.map((seen) => ({ ...seen, seen })),
    ...gone.map(({ resourceType, resourceId }) => ({ resourceType, resourceId, seen: null })),
  ];
  const capture = { nowMillis, isToldOf: await hasTopic(records, place) };
  const changes = sightings
    .filter(isLookedAt)
    .flatMap((sighting) => changesOf(recorder, known.get(keyOf(sighting)) ?? null, sighting, capture));
  const ends = present.flatMap(({ endsAtMillis }) => endsAtMillis ?? []);
  const next = ends.length === 0 ? null : Math.min(...ends);
  return (await records.commit([...changes, ...done(next)])) === 'committed';
}

/** The end of the day that runs; `null`: nothing is recorded daily. spec: CFG-DAILY-1 */
function nextDaily(
  recorder: RecorderRecord | undefined,
  planned: number | null,
  nowMillis: number,
): number | null {
  if (recorder?.isRecording !== true || !hasDaily(recorder.recordingMode)) return null;
  if (planned !== null && planned > nowMillis) return planned;
  return nextDue(planned ?? nowMillis, dailyIntervalMillis, nowMillis);
}

async function knownOf(records: Records, place: Place) {
  const stored = await records.list(resources, { prefix: `${placeKey(place)}/`, limit: Infinity });
  return new Map(stored.map((one) => [one.key, one]));
}

/** Custom resources say themselves when they are gone. */
function isOfTheServer(resourceType: string): boolean {
  return resourceType.startsWith('AWS::');
}
