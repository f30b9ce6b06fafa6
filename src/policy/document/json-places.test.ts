import * as fc from 'fast-check';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { jsonPlaces } from './json-places.ts';
import { readJson } from './read-json.ts';

const pointerTo = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function pathsIn(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  const children: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return [[...path], ...children.flatMap(([step, child]) => pathsIn(child, [...path, step]))];
}

describe('places in JSON', () => {
  it('are those that a parser with a tree finds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = ` ${JSON.stringify(value, null, indent)} `;
        const tree = parseTree(text);
        const placeOf = jsonPlaces(text);
        for (const path of pathsIn(JSON.parse(text))) {
          const node = tree === undefined ? undefined : findNodeAtLocation(tree, path);
          expect(placeOf(pointerTo(path))).toEqual({ offset: node?.offset, length: node?.length });
        }
      }),
    );
  });

  it.each([
    ['an array has no such element', '[1]', '/1'],
    ['an index is digits', '[1]', '/x'],
    ['a text has no members', '"a"', '/a'],
    ['an object has no such member', '{"a":{}}', '/a/b'],
  ])('are null where %s', (_, text, pointer) => {
    expect(jsonPlaces(text)(pointer)).toBeNull();
  });
});

describe('strict JSON', () => {
  it('finds a doubled member however its name is written, and however deep it stands', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('a', '\\u0061'), (value, second) => {
        const text = `{"x":[${JSON.stringify(value)},{"a":1,"${second}":2}]}`;
        const read = readJson(text, { file: null });
        expect(read.ok ? [] : read.faults.map(({ code }) => code)).toContain('duplicate-member');
      }),
    );
  });

  it('takes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(readJson(text, { file: null })).toMatchObject({
          ok: true,
          source: { value: JSON.parse(text) as unknown },
        });
      }),
    );
  });
});
