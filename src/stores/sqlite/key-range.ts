import type { ListOptions } from '../../services/records.ts';

/** Keys from `from` (inclusive) to `to` (exclusive), by UTF-8 bytes. `to: null`: to the end. */
export interface KeyRange {
  readonly from: string;
  readonly to: string | null;
}

/** The range of keys that begin with the prefix and stand after the given one. */
export function keyRange({ prefix = '', after }: ListOptions): KeyRange {
  // The key right after `after`, in bytes, is `after` with a zero byte.
  const next = after === undefined ? '' : `${after}\u0000`;
  const startsAtPrefix = Buffer.compare(Buffer.from(prefix), Buffer.from(next)) > 0;
  return { from: startsAtPrefix ? prefix : next, to: successor(prefix) };
}

/** The least string that is greater than every string with this prefix; `null`: there is none. */
function successor(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters: the one after U+D7FF is U+E000, and UTF-8 keeps that order.
    return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return null;
}
