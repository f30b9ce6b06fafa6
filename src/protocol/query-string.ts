import { decodePercent, utf8Text } from './uri-encoding.ts';

/** A parameter as bytes (one character each), in the order of the wire. */
export type QueryPair = readonly [name: string, value: string];

/** More parameters than this are no request of AWS's clients. */
export const queryMaxPairs = 10_000;

/** The parameters of a query string or a form, decoded to bytes; `+` is a space. */
export function queryPairs(text: string): readonly QueryPair[] {
  if (text === '') return [];
  return text
    .split('&', queryMaxPairs)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals === -1 ? pair : pair.slice(0, equals);
      const value = equals === -1 ? '' : pair.slice(equals + 1);
      return [decodePercent(name.replaceAll('+', ' ')), decodePercent(value.replaceAll('+', ' '))];
    });
}

/** Parameters by name, as text; the first of several counts. Values that are no UTF-8 stand as they came. */
export function queryParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of queryPairs(text)) {
    const key = textOf(name);
    if (!parameters.has(key)) parameters.set(key, textOf(value));
  }
  return parameters;
}

/** All values of each parameter. */
export function queryValues(text: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of queryPairs(text)) {
    const key = textOf(name);
    const before = values.get(key);
    if (before) before.push(textOf(value));
    else values.set(key, [textOf(value)]);
  }
  return values;
}

function textOf(bytes: string): string {
  return utf8Text(bytes) ?? bytes;
}
