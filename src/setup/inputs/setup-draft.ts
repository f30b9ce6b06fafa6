/** A setup that is put together from other texts than a setup document: each part keeps the place it came from. */
import { loadedSetup, type ReadSetup } from '../loaded-setup.ts';
import { pointerOf, type SetupPath } from '../policy-slots.ts';
import type { LocatedValue } from '../schema-faults.ts';
import type { Origin } from './declared.ts';

export interface SetupDraft {
  /** Says where an object of the setup comes from; the object itself is returned. */
  from<Part extends object>(part: Part, origin: Origin): Part;
  /** Checks and loads the setup, whose objects keep the places that were said of them. */
  load(setup: Readonly<Record<string, unknown>>, file: string | null, assumed: readonly string[]): ReadSetup;
}

export function setupDraft(): SetupDraft {
  const origins = new Map<object, Origin>();
  return {
    from: (part, origin) => {
      origins.set(part, origin);
      return part;
    },
    load: (setup, file, assumed) => {
      const placed = new Map<string, Origin>();
      noteOrigins(setup, [], origins, placed);
      const read = loadedSetup(locatedValue(setup, file, placed), null);
      return read.ok
        ? { ok: true, setup: { ...read.setup, assumed: [...read.setup.assumed, ...assumed] } }
        : read;
    },
  };
}

/** No part of a setup that is declared on its own stands deeper. */
const partsMaxDepth = 6;

function noteOrigins(
  value: unknown,
  path: SetupPath,
  origins: ReadonlyMap<object, Origin>,
  placed: Map<string, Origin>,
): void {
  if (typeof value !== 'object' || value === null || path.length > partsMaxDepth) return;
  const origin = origins.get(value);
  if (origin !== undefined) placed.set(pointerOf(path), origin);
  const children: Iterable<[string | number, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [part, child] of children) noteOrigins(child, [...path, part], origins, placed);
}

function locatedValue(
  value: unknown,
  file: string | null,
  placed: ReadonlyMap<string, Origin>,
): LocatedValue {
  const nearest = (pointer: string): { readonly origin: Origin; readonly rest: string } | null => {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
      const origin = placed.get(pointer.slice(0, end));
      if (origin !== undefined) return { origin, rest: pointer.slice(end) };
    }
    return null;
  };
  return {
    file,
    value,
    locate: (pointer) => {
      const found = nearest(pointer);
      return found === null ? null : (found.origin.locate(found.rest) ?? found.origin.locate(''));
    },
    originOf: (pointer) => nearest(pointer)?.origin ?? null,
  };
}
