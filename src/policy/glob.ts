/**
 * Patterns with `*` (any run of characters) and `?` (exactly one), matched against a whole text in time linear in
 * the text. No regular expressions: with several stars they take exponential time on hostile input.
 * spec: IAM-GLOB-1
 */

/** A run of a pattern. In `pattern` runs `*` and `?` are wildcards; `literal` runs come from substituted variables and have none. */
export interface Run {
  readonly kind: 'pattern' | 'literal';
  readonly text: string;
}

export interface Glob {
  /** Whether the whole of `text`, from the index `from` on, matches. */
  matches(text: string, from?: number): boolean;
  /** The one text that it matches, or `null` if it has a wildcard. */
  readonly literal: string | null;
}

/** The matcher of one pattern. Case matters: fold both sides before where it must not. */
export function compileGlob(runs: readonly Run[]): Glob {
  if (!runs.some(({ kind, text }) => kind === 'pattern' && hasWildcard(text))) {
    return literalGlob(runs.map(({ text }) => text).join(''));
  }
  const segments = segmentsOf(runs);
  const [first] = segments;
  if (first === undefined) return literalGlob('');
  if (segments.length === 1) {
    return {
      literal: null,
      matches: (text, from = 0) => text.length - from === first.length && segmentAt(first, text, from),
    };
  }
  const last = segments.at(-1) ?? first;
  const middle = segments.slice(1, -1).filter(({ length }) => length > 0);
  const leastLength = segments.reduce((sum, { length }) => sum + length, 0);
  return {
    literal: null,
    matches: (text, from = 0) => {
      if (text.length - from < leastLength) return false;
      if (!segmentAt(first, text, from)) return false;
      const end = text.length - last.length;
      if (!segmentAt(last, text, end)) return false;
      let at = from + first.length;
      for (const segment of middle) {
        const found = findSegment(segment, text, at, end);
        if (found === -1) return false;
        at = found + segment.length;
      }
      return at <= end;
    },
  };
}

export function globOf(text: string): Glob {
  return compileGlob([{ kind: 'pattern', text }]);
}

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

function literalGlob(literal: string): Glob {
  return {
    literal,
    matches: (text, from = 0) =>
      from === 0 ? text === literal : text.length - from === literal.length && text.endsWith(literal),
  };
}

/** What stands between two stars. */
interface Segment {
  readonly length: number;
  /** The text, or `null` if a `?` is in it. */
  readonly literal: string | null;
  /** UTF-16 units, `anyOne` for a `?`; empty where `literal` is enough. */
  readonly units: Int32Array;
  readonly search: ShiftAnd | null;
}

const anyOne = -1;
/**
 * Longer segments are searched for with bit-parallel automata, which keeps the worst case linear. Where there is no
 * `?` the search is the platform's own, which is much faster.
 */
const plainSearchMaxUnits = 64;
const plainSearchMaxUnitsWithAny = 8;

function segmentsOf(runs: readonly Run[]): readonly Segment[] {
  const segments: Segment[] = [];
  let text = '';
  let wildcards = new Set<number>();
  for (const run of runs) {
    const [head = '', ...tail] = run.kind === 'pattern' ? run.text.split('*') : [run.text];
    if (run.kind === 'pattern') noteQuestionMarks(head, text.length, wildcards);
    text += head;
    for (const piece of tail) {
      segments.push(segmentOf(text, wildcards));
      text = piece;
      wildcards = new Set();
      noteQuestionMarks(piece, 0, wildcards);
    }
  }
  return [...segments, segmentOf(text, wildcards)];
}

function noteQuestionMarks(text: string, offset: number, into: Set<number>): void {
  for (let at = text.indexOf('?'); at !== -1; at = text.indexOf('?', at + 1)) into.add(offset + at);
}

function segmentOf(text: string, wildcards: ReadonlySet<number>): Segment {
  const { length } = text;
  const isLong = length > (wildcards.size === 0 ? plainSearchMaxUnits : plainSearchMaxUnitsWithAny);
  if (wildcards.size === 0 && !isLong) return { length, literal: text, units: noUnits, search: null };
  const units = Int32Array.from({ length }, (_, at) => (wildcards.has(at) ? anyOne : text.charCodeAt(at)));
  return {
    length,
    literal: wildcards.size === 0 ? text : null,
    units,
    search: isLong ? shiftAndOf(units) : null,
  };
}

const noUnits = new Int32Array(0);

function segmentAt(segment: Segment, text: string, at: number): boolean {
  if (segment.literal !== null) return text.startsWith(segment.literal, at);
  const { units } = segment;
  if (at + units.length > text.length) return false;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (unit !== anyOne && unit !== text.charCodeAt(at + i)) return false;
  }
  return true;
}

/** The first index from `from` on at which the segment stands wholly before `end`, or -1. */
function findSegment(segment: Segment, text: string, from: number, end: number): number {
  if (segment.search !== null) return findByShiftAnd(segment.search, text, from, end);
  if (segment.literal !== null) {
    const found = text.indexOf(segment.literal, from);
    return found === -1 || found + segment.length > end ? -1 : found;
  }
  for (let at = from; at + segment.length <= end; at++) if (segmentAt(segment, text, at)) return at;
  return -1;
}

/** For each unit the positions of the segment that it fits, one bit each. */
interface ShiftAnd {
  readonly length: number;
  readonly wordCount: number;
  readonly masks: ReadonlyMap<number, Uint32Array>;
  readonly anyMask: Uint32Array;
}

function shiftAndOf(units: Int32Array): ShiftAnd {
  const wordCount = Math.ceil(units.length / 32);
  const anyMask = new Uint32Array(wordCount);
  units.forEach((unit, position) => {
    if (unit === anyOne) setBit(anyMask, position);
  });
  const masks = new Map<number, Uint32Array>();
  units.forEach((unit, position) => {
    if (unit === anyOne) return;
    let mask = masks.get(unit);
    if (mask === undefined) masks.set(unit, (mask = anyMask.slice()));
    setBit(mask, position);
  });
  return { length: units.length, wordCount, masks, anyMask };
}

function findByShiftAnd(search: ShiftAnd, text: string, from: number, end: number): number {
  const state = new Uint32Array(search.wordCount);
  const goalWord = search.wordCount - 1;
  const goalBit = 1 << ((search.length - 1) % 32);
  for (let at = from; at < end; at++) {
    const mask = search.masks.get(text.charCodeAt(at)) ?? search.anyMask;
    let carry = 1;
    for (let word = 0; word < state.length; word++) {
      const before = state[word] ?? 0;
      state[word] = ((before << 1) | carry) & (mask[word] ?? 0);
      carry = before >>> 31;
    }
    if (((state[goalWord] ?? 0) & goalBit) !== 0) return at - search.length + 1;
  }
  return -1;
}

function setBit(mask: Uint32Array, position: number): void {
  const word = position >>> 5;
  mask[word] = (mask[word] ?? 0) | (1 << (position & 31));
}
