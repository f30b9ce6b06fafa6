import { describe, expect, test } from 'vitest';
import { jsonMaxDepth, readJson } from './read-json.ts';

function faultsOf(text: string, limits: { maxBytes?: number; maxDepth?: number } = {}) {
  const read = readJson(text, { file: 'policy.json', ...limits });
  return read.ok ? [] : read.faults;
}

function sourceOf(text: string) {
  const read = readJson(text, { file: 'policy.json' });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  return read.source;
}

describe('reading JSON', () => {
  // spec: IAM-DOC-1
  test.each([
    ['a comment', '{\n  // no\n  "a": 1\n}', 2, 3],
    ['a trailing comma', '{"a": 1,}', 1, 9],
    ['a missing comma', '{"a": 1\n "b": 2}', 2, 2],
    ['a missing colon', '{"a" 1}', 1, 6],
    ['a bare word', '{"a": Allow}', 1, 7],
    ['single quotes', "{'a': 1}", 1, 2],
    ['an object that is not closed', '{"a": 1', 1, 8],
    ['a text that is not closed', '{"a": "b', 1, 7],
    ['a second value', '{} {}', 1, 4],
    ['nothing at all', '', 1, 1],
    ['a line break in a text', '{"a": "b\nc"}', 1, 7],
    ['an escape that JSON has not', '{"a": "\\d"}', 1, 7],
    ['a number with a leading zero', '[012345678901]', 1, 3],
  ])('%s is a fault with its line and column', (_name, text, line, column) => {
    const [fault, ...others] = faultsOf(text);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ code: 'not-json', file: 'policy.json', line, column });
    expect(fault?.message).toMatch(/^expected .+, found .+/);
    expect(fault?.next).not.toBe('');
  });

  // spec: IAM-DOC-2
  test('a member that stands twice is a fault where it stands again, however it is spelt', () => {
    const [fault] = faultsOf('{\r\n  "Effect": "Allow",\r\n  "\\u0045ffect": "Deny"\r\n}');
    expect(fault).toMatchObject({ code: 'duplicate-member', line: 3, column: 3, pointer: '/Effect' });
  });

  // spec: IAM-DOC-2
  test('every duplicate is told, with the objects they stand in apart', () => {
    const faults = faultsOf('{"a": {"b": 1, "b": 2}, "c": [{"b": 1}, {"b": 1}], "a": 3}');
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/a/b', '/a']);
  });

  // spec: IAM-DOC-2
  test('a member named __proto__ is refused', () => {
    expect(faultsOf('{"Statement": [{"__proto__": {"Effect": "Allow"}}]}')).toMatchObject([
      { code: 'forbidden-member', pointer: '/Statement/0/__proto__' },
    ]);
  });

  test('a document of exactly the limits is read, one beyond is not', () => {
    expect(faultsOf('"1234"', { maxBytes: 6 })).toEqual([]);
    expect(faultsOf('"12345"', { maxBytes: 6 })).toMatchObject([{ code: 'document-too-large' }]);
    expect(faultsOf('"äöü"', { maxBytes: 8 })).toEqual([]);
    expect(faultsOf('"äöü"', { maxBytes: 7 })).toMatchObject([{ code: 'document-too-large' }]);
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(faultsOf(nested(jsonMaxDepth))).toEqual([]);
    expect(faultsOf(nested(jsonMaxDepth + 1))).toMatchObject([
      { code: 'document-too-deep', line: 1, column: 65 },
    ]);
    expect(faultsOf(nested(100_000))).toMatchObject([{ code: 'document-too-deep' }]);
    expect(faultsOf(`["${'['.repeat(100)}\\"${'['.repeat(100)}"]`)).toEqual([]);
    // What is closed no longer counts: many beside one another are not deep.
    expect(faultsOf(`[${Array.from({ length: 2 * jsonMaxDepth }, () => '[]').join()}]`)).toEqual([]);
    expect(faultsOf(`[${Array.from({ length: 2 * jsonMaxDepth }, () => '{}').join()}]`)).toEqual([]);
  });

  test('nodes are found by pointer, behind a byte order mark and CRLF too', () => {
    const source = sourceOf('\uFEFF{\r\n  "a/b": [10, {"c~d": "x"}]\r\n}');
    expect(source.value).toEqual({ 'a/b': [10, { 'c~d': 'x' }] });
    expect(source.locate('')).toMatchObject({ line: 1, column: 1 });
    expect(source.locate('/a~1b/0')).toMatchObject({ line: 2, column: 11, length: 2 });
    const place = source.locate('/a~1b/1/c~0d');
    expect(place).toMatchObject({ line: 2, column: 23 });
    expect(source.text.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))).toBe('"x"');
    for (const nowhere of ['/x', '/a~1b/2', '/a~1b/-1', '/a~1b/0/y', '/a~1b/00x'])
      expect(source.locate(nowhere)).toBeNull();
  });

  test('a node at the beginning of a line stands in that line', () => {
    expect(sourceOf('[\n1,\n2]').locate('/1')).toMatchObject({ line: 3, column: 1 });
  });

  test('a duplicate and a fault of syntax are both told', () => {
    expect(faultsOf('{"a": 1, "a": 2, }').map(({ code }) => code)).toEqual(['duplicate-member', 'not-json']);
  });
});
