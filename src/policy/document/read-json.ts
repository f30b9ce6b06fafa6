/**
 * JSON text as a value whose nodes can be found again: strict JSON, no duplicate members, bounded in size and depth.
 * spec: IAM-DOC-1, IAM-DOC-2
 */
import { visit, type ParseErrorCode } from 'jsonc-parser';
import type { Fault } from './fault.ts';
import { endOfText, jsonPlaces } from './json-places.ts';
import { pointerStep } from './policy-document.ts';
import type { SourceText } from './source-text.ts';

export const jsonMaxBytes = 1_048_576;
export const jsonMaxDepth = 64;

export interface ReadJsonOptions {
  readonly file: string | null;
  /** UTF-8 bytes; 1 MiB unless given. */
  readonly maxBytes?: number;
  /** Objects and arrays within one another; 64 unless given. */
  readonly maxDepth?: number;
}

export type ReadJson =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads strict JSON. A byte order mark and CRLF are fine; comments, trailing commas, duplicate members and members
 * named `__proto__` are not. Never throws: what is wrong comes back as faults with their line and column.
 */
export function readJson(text: string, options: ReadJsonOptions): ReadJson {
  const { file, maxBytes = jsonMaxBytes, maxDepth = jsonMaxDepth } = options;
  const markLength = text.startsWith('\uFEFF') ? 1 : 0;
  const body = text.slice(markLength);
  const lines = onceAsked(() => lineStarts(body));
  const fault = (
    code: string,
    message: string,
    next: string | null,
    offset: number,
    pointer: string,
  ): Fault => ({
    code,
    message,
    next,
    file,
    pointer,
    ...positionOf(lines(), offset),
  });

  const bytes = utf8Bytes(text, maxBytes);
  if (bytes > maxBytes) {
    const message = `the document has more than ${String(maxBytes)} bytes`;
    return {
      ok: false,
      faults: [
        fault('document-too-large', message, 'split it, or leave out what does not matter here', 0, ''),
      ],
    };
  }
  const tooDeep = offsetBeyondDepth(body, maxDepth);
  if (tooDeep !== null) {
    const message = `objects and arrays stand more than ${String(maxDepth)} deep in one another`;
    return { ok: false, faults: [fault('document-too-deep', message, 'flatten the document', tooDeep, '')] };
  }

  const value = strictValue(body);
  // Where and why is asked only of what is at fault: it takes many times as long.
  if (value === undefined) return { ok: false, faults: memberFaults(body, fault) };
  return { ok: true, source: sourceText(text, body, markLength, file, value, lines) };
}

/** The value; `undefined`: it is not JSON, or a member is doubled or may not be. */
function strictValue(body: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  // Of two members with one name the parser keeps one, so that there are more in the text than in the value.
  return memberCountOf(value) === memberCountIn(body) ? value : undefined;
}

/** Members of all objects in the value, none of them `__proto__`; else `NaN`. */
function memberCountOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) count += memberCountOf(item);
    return count;
  }
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') return NaN;
    count += 1 + memberCountOf(member);
  }
  return count;
}

/** Every colon that stands in no text is a member's. */
function memberCountIn(body: string): number {
  let count = 0;
  for (let at = 0; at < body.length;) {
    const char = body.charCodeAt(at);
    if (char === 0x22) at = endOfText(body, at);
    else {
      if (char === 0x3a) count++;
      at++;
    }
  }
  return count;
}

function onceAsked<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

type NewFault = (
  code: string,
  message: string,
  next: string | null,
  offset: number,
  pointer: string,
) => Fault;

function memberFaults(body: string, fault: NewFault): Fault[] {
  const faults: Fault[] = [];
  const members: Set<string>[] = [];
  let sawSyntaxFault = false;
  visit(
    body,
    {
      onObjectBegin: () => void members.push(new Set()),
      onObjectEnd: () => void members.pop(),
      onObjectProperty: (name, offset, _length, _line, _column, pathTo) => {
        const pointer = (): string =>
          [...pathTo(), name].map((step) => `/${pointerStep(String(step))}`).join('');
        if (name === '__proto__') {
          faults.push(
            fault(
              'forbidden-member',
              'a member may not be named `__proto__`',
              'remove the member',
              offset,
              pointer(),
            ),
          );
        }
        const seen = members.at(-1);
        if (seen?.has(name) === true) {
          const next = 'keep one of them, or join their values in a list';
          faults.push(
            fault(
              'duplicate-member',
              `the member \`${name}\` stands twice in one object`,
              next,
              offset,
              pointer(),
            ),
          );
        }
        seen?.add(name);
      },
      onError: (error, offset) => {
        // What follows the first fault of syntax is mostly its echo.
        if (sawSyntaxFault) return;
        sawSyntaxFault = true;
        const { expected, next } = syntaxFaults[error] ?? { expected: 'JSON', next: 'write strict JSON' };
        faults.push(
          fault('not-json', `expected ${expected}, found ${foundAt(body, offset)}`, next, offset, ''),
        );
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  return faults.length > 0 ? faults : [fault('not-json', 'this is not JSON', 'write strict JSON', 0, '')];
}

function foundAt(body: string, offset: number): string {
  const rest = body.slice(offset, offset + 40);
  const word = /^(?:[\w.+-]+|"[^"\n]{0,20}"?|\S)/.exec(rest.trimStart())?.[0];
  return word === undefined ? 'the end of the document' : `\`${word}\``;
}

// The numbers are jsonc-parser's ParseErrorCode, which is a type without values under verbatim modules. It has others
// that it does not tell of strict JSON.
const syntaxFaults: Readonly<Partial<Record<ParseErrorCode, { expected: string; next: string }>>> = {
  1: { expected: 'a JSON value', next: 'put text in double quotes; only true, false and null stand bare' },
  3: { expected: "a member's name in double quotes", next: 'write `"name": value`' },
  4: { expected: 'a value', next: 'write a value, or remove the comma before this place' },
  5: { expected: 'a colon after the member name', next: 'write `"name": value`' },
  6: { expected: 'a comma between members', next: 'write a comma before this place' },
  7: { expected: 'a closing brace', next: 'close the object with `}`' },
  8: { expected: 'a closing bracket', next: 'close the array with `]`' },
  9: { expected: 'the end of the document', next: 'remove what follows the value' },
  10: { expected: 'no comment', next: 'remove the comment: JSON has none' },
  12: { expected: 'the closing quote of a text', next: 'close the text with `"` on the same line' },
  13: { expected: 'a number as JSON writes it', next: 'write digits after the sign, point or exponent' },
  14: { expected: 'four hexadecimal digits after `\\u`', next: 'write them, or double the backslash' },
  15: { expected: 'a character that JSON may escape', next: 'double the backslash' },
  16: {
    expected: 'a character that JSON allows in a text',
    next: 'write control characters as `\\n`, `\\t` or `\\u0000`',
  },
};

function sourceText(
  text: string,
  body: string,
  markLength: number,
  file: string | null,
  value: unknown,
  lines: () => readonly number[],
): SourceText {
  const places = onceAsked(() => jsonPlaces(body));
  return {
    file,
    text,
    value,
    locate: (pointer) => {
      const place = places()(pointer);
      if (place === null) return null;
      const { offset, length } = place;
      return { ...positionOf(lines(), offset), offset: offset + markLength, length };
    },
  };
}

function lineStarts(body: string): readonly number[] {
  const starts = [0];
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function positionOf(
  starts: readonly number[],
  offset: number,
): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The offset of the first bracket that opens beyond the limit. Counted before parsing, as the parser recurses. */
function offsetBeyondDepth(body: string, maxDepth: number): number | null {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < body.length; i++) {
    const char = body.charCodeAt(i);
    if (inText) {
      if (char === 0x5c) i++;
      else if (char === 0x22) inText = false;
      // A text that is not closed ends with its line: the brackets behind it count.
      else if (char === 0x0a) inText = false;
    } else if (char === 0x22) inText = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) return i;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return null;
}

function utf8Bytes(text: string, maxBytes: number): number {
  if (text.length > maxBytes || text.length * 3 <= maxBytes) return text.length;
  return new TextEncoder().encode(text).length;
}
