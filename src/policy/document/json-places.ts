/**
 * Where the nodes of a JSON text stand. A container is indexed when a pointer first leads through it, so that one
 * place in megabytes costs one pass over what stands around it, and nothing costs nothing.
 */

export interface JsonPlace {
  readonly offset: number;
  readonly length: number;
}

/** @param body strict JSON: what `JSON.parse` takes */
export function jsonPlaces(body: string): (pointer: string) => JsonPlace | null {
  const containers = new Map<number, Container>();
  return (pointer) => {
    let at = afterBlanks(body, 0);
    let end = -1;
    for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const first = body.charCodeAt(at);
      if (first !== openBrace && first !== openBracket) return null;
      let container = containers.get(at);
      if (container === undefined) {
        container = first === openBrace ? objectAt(body, at) : arrayAt(body, at);
        containers.set(at, container);
      }
      const i = container.names === null ? indexIn(name, container) : (container.names.get(name) ?? -1);
      const start = container.starts[i];
      if (start === undefined) return null;
      at = start;
      end = container.ends[i] ?? -1;
    }
    return { offset: at, length: (end === -1 ? endOfValue(body, at) : end) - at };
  };
}

/** The children of an object or an array, in order. */
interface Container {
  /** `null`: an array. */
  readonly names: ReadonlyMap<string, number> | null;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

function indexIn(name: string, { starts }: Container): number {
  return /^\d+$/.test(name) && Number(name) < starts.length ? Number(name) : -1;
}

function objectAt(body: string, open: number): Container {
  const names = new Map<string, number>();
  const starts: number[] = [];
  const ends: number[] = [];
  let at = afterBlanks(body, open + 1);
  while (at < body.length && body.charCodeAt(at) !== closeBrace) {
    const nameEnd = endOfText(body, at);
    const raw = body.slice(at + 1, nameEnd - 1);
    names.set(raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw, starts.length);
    at = afterBlanks(body, afterBlanks(body, nameEnd) + 1);
    starts.push(at);
    at = endOfValue(body, at);
    ends.push(at);
    at = afterBlanks(body, at);
    if (body.charCodeAt(at) === comma) at = afterBlanks(body, at + 1);
  }
  return { names, starts, ends };
}

function arrayAt(body: string, open: number): Container {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = afterBlanks(body, open + 1);
  while (at < body.length && body.charCodeAt(at) !== closeBracket) {
    starts.push(at);
    at = endOfValue(body, at);
    ends.push(at);
    at = afterBlanks(body, at);
    if (body.charCodeAt(at) === comma) at = afterBlanks(body, at + 1);
  }
  return { names: null, starts, ends };
}

function endOfValue(body: string, start: number): number {
  const first = body.charCodeAt(start);
  if (first === quote) return endOfText(body, start);
  let at = start;
  if (first !== openBrace && first !== openBracket) {
    while (at < body.length && !isEndOfBare(body.charCodeAt(at))) at++;
    return at;
  }
  let depth = 0;
  while (at < body.length) {
    const char = body.charCodeAt(at);
    if (char === quote) {
      at = endOfText(body, at);
      continue;
    }
    at++;
    if (char === openBrace || char === openBracket) depth++;
    else if ((char === closeBrace || char === closeBracket) && --depth === 0) break;
  }
  return at;
}

/** Behind the closing quote of the text that opens at `open`. */
export function endOfText(body: string, open: number): number {
  let close = body.indexOf('"', open + 1);
  while (close !== -1) {
    let slashes = 0;
    while (body.charCodeAt(close - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return close + 1;
    close = body.indexOf('"', close + 1);
  }
  return body.length;
}

function isEndOfBare(char: number): boolean {
  return char === comma || char === closeBracket || char === closeBrace || isBlank(char);
}

function afterBlanks(body: string, start: number): number {
  let at = start;
  while (isBlank(body.charCodeAt(at))) at++;
  return at;
}

function isBlank(char: number): boolean {
  return char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09;
}
