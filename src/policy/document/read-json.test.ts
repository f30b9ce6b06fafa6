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
    // Whatever stands between the brackets, and whatever texts stand before them, each that opens counts.
    const beyond = jsonMaxDepth + 1;
    for (const tooDeep of [
      `${'[1, '.repeat(beyond)}1${']'.repeat(beyond)}`,
      `${'{"a": '.repeat(beyond)}1${'}'.repeat(beyond)}`,
      `["a", ${nested(beyond)}]`,
      `["ab", ${nested(beyond)}]`,
      `["a\\\\", ${nested(beyond)}]`,
      `["not closed\n${nested(beyond)}]`,
    ])
      expect(faultsOf(tooDeep)).toMatchObject([{ code: 'document-too-deep' }]);
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

// spec: IAM-DOC-1
describe('what is told of a text that is not JSON', () => {
  const bare = 'put text in double quotes; only true, false and null stand bare';
  const number = 'write digits after the sign, point or exponent';
  const told: readonly (readonly [text: string, place: string, message: string, next: string])[] = [
    [
      '',
      '1:1',
      'a value, found the end of the document',
      'write a value, or remove the comma before this place',
    ],
    [
      '  ',
      '1:3',
      'a value, found the end of the document',
      'write a value, or remove the comma before this place',
    ],
    ['{"a": Allow}', '1:7', 'a JSON value, found `Allow`', bare],
    ["{'a': 1}", '1:2', "a JSON value, found `'`", bare],
    ['[+1]', '1:2', 'a JSON value, found `+1`', bare],
    ['[] x', '1:4', 'a JSON value, found `x`', bare],
    ['[1.]', '1:2', 'a number as JSON writes it, found `1.`', number],
    ['{"a": }', '1:7', 'a value, found `}`', 'write a value, or remove the comma before this place'],
    ['{"a": 1,}', '1:9', "a member's name in double quotes, found `}`", 'write `"name": value`'],
    ['{"a" 1}', '1:6', 'a colon after the member name, found `1`', 'write `"name": value`'],
    ['\uFEFF{"a" 1}', '1:6', 'a colon after the member name, found `1`', 'write `"name": value`'],
    ['[1 2]', '1:4', 'a comma between members, found `2`', 'write a comma before this place'],
    ['[1\n\n   }', '3:4', 'a comma between members, found `}`', 'write a comma before this place'],
    [
      '[1 "abcdefghijklmnopqrstuvwxyz"]',
      '1:4',
      'a comma between members, found `"abcdefghijklmnopqrst`',
      'write a comma before this place',
    ],
    ['{"a": 1', '1:8', 'a closing brace, found the end of the document', 'close the object with `}`'],
    ['[1', '1:3', 'a closing bracket, found the end of the document', 'close the array with `]`'],
    ['{} {}', '1:4', 'the end of the document, found `{`', 'remove what follows the value'],
    ['{ // no\n }', '1:3', 'no comment, found `/`', 'remove the comment: JSON has none'],
    ['{ /* no', '1:3', 'no comment, found `/`', 'remove the comment: JSON has none'],
    [
      '["a\nb"]',
      '1:2',
      'the closing quote of a text, found `"a`',
      'close the text with `"` on the same line',
    ],
    [
      '["\\u12"]',
      '1:2',
      'four hexadecimal digits after `\\u`, found `"\\u12"`',
      'write them, or double the backslash',
    ],
    ['["\\d"]', '1:2', 'a character that JSON may escape, found `"\\d"`', 'double the backslash'],
    [
      '["a\tb"]',
      '1:2',
      'a character that JSON allows in a text, found `"a\tb"`',
      'write control characters as `\\n`, `\\t` or `\\u0000`',
    ],
  ];

  test.each(told)('%j', (text, place, message, next) => {
    expect(
      faultsOf(text).map((fault) => `${String(fault.line)}:${String(fault.column)} ${fault.message}`),
    ).toEqual([`${place} expected ${message}`]);
    expect(faultsOf(text)).toMatchObject([{ code: 'not-json', pointer: '', file: 'policy.json', next }]);
  });

  test('or that has a member too many, or is too large or too deep', () => {
    const lines = (text: string, limits = {}) =>
      faultsOf(text, limits).map(({ message, next }) => `${message}: ${next ?? ''}`);
    expect(lines('{"a": 1, "a": 2}')).toEqual([
      'the member `a` stands twice in one object: keep one of them, or join their values in a list',
    ]);
    expect(lines('{"__proto__": 1}')).toEqual(['a member may not be named `__proto__`: remove the member']);
    expect(lines('"12345"', { maxBytes: 6 })).toEqual([
      'the document has more than 6 bytes: split it, or leave out what does not matter here',
    ]);
    expect(lines('[[]]', { maxDepth: 1 })).toEqual([
      'objects and arrays stand more than 1 deep in one another: flatten the document',
    ]);
  });
});
