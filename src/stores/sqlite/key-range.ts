import type { ListOptions } from '../../services/records.ts';

/** Keys from `from` (inclusive) to `to` (exclusive), by UTF-8 bytes. `to: null`: to the end. */
export interface KeyRange {
  readonly from: string;
  readonly to: string | null;
}

/** The range of keys that a listing shows, from where it goes on. */
export function keyRange({ prefix = '', after, atLeast, below, isDescending }: ListOptions): KeyRange {
  // The key right after `after`, in bytes, is `after` with a zero byte.
  const afterAscending = after === undefined || isDescending === true ? [] : [`${after}\u0000`];
  const afterDescending = after === undefined || isDescending !== true ? [] : [after];
  const lower = [prefix, ...afterAscending, ...(atLeast === undefined ? [] : [atLeast])];
  const upper = [successor(prefix), below ?? null, ...afterDescending].filter((key) => key !== null);
  return {
    from: lower.reduce((a, b) => (isBelow(a, b) ? b : a)),
    to: upper.length === 0 ? null : upper.reduce((a, b) => (isBelow(a, b) ? a : b)),
  };
}

function isBelow(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}

/** The least string that is greater than every string with this prefix; `null`: there is none. */
export function successor(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters: the one after U+D7FF is U+E000, and UTF-8 keeps that order.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return null;
}
