import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../aws-error.ts';
import { parseExpression } from './parse-expression.ts';

describe('an expression', () => {
  // spec: CFG-QUERY-1
  test('has what is selected, a condition, groups and an order', () => {
    const { select, where, groupBy, orderBy } = parseExpression(
      `select resourceType, COUNT(*) WHERE NOT (accountId = 'a' OR version != '1') and configuration.size BETWEEN 1 AND 2.5
       group by resourceType ORDER BY count(*) desc, resourceType ASC`,
    );
    expect(select).toMatchObject([
      { kind: 'property', name: 'resourceType' },
      { kind: 'aggregate', function: 'COUNT', property: null },
    ]);
    expect(where).toMatchObject({
      kind: 'and',
      of: [
        {
          kind: 'not',
          of: {
            kind: 'or',
            of: [
              { kind: 'compare', operator: '=', value: { value: 'a' } },
              { kind: 'compare', operator: '!=', value: { value: '1' } },
            ],
          },
        },
        { kind: 'between', low: { value: 1 }, high: { value: 2.5 } },
      ],
    });
    expect(groupBy.map(({ name }) => name)).toEqual(['resourceType']);
    expect(orderBy).toMatchObject([
      { by: { kind: 'aggregate' }, isDescending: true },
      { by: { kind: 'property' }, isDescending: false },
    ]);
  });

  // AND binds closer than OR. spec: CFG-QUERY-1
  test('joins by AND before it joins by OR', () => {
    expect(parseExpression('SELECT * WHERE a = 1 OR a = 2 AND a = 3').where).toMatchObject({
      kind: 'or',
      of: [{ kind: 'compare' }, { kind: 'and' }],
    });
  });

  // spec: CFG-QUERY-1
  test.each([
    ["resourceType IN ('a', 'b')", { kind: 'in', values: [{ value: 'a' }, { value: 'b' }] }],
    ["resourceType NOT IN ('a')", { kind: 'not', of: { kind: 'in' } }],
    ['a NOT BETWEEN 1 AND 2', { kind: 'not', of: { kind: 'between' } }],
    ["a LIKE 'abc%'", { kind: 'like', pattern: { value: 'abc%' } }],
    ["a NOT LIKE 'abc%'", { kind: 'not', of: { kind: 'like' } }],
    ["a = 'it''s'", { kind: 'compare', value: { value: "it's" } }],
    ['a = -1.5', { kind: 'compare', value: { value: -1.5 } }],
    ['a = False', { kind: 'compare', value: { value: false } }],
    ['a<=1', { kind: 'compare', operator: '<=' }],
    [
      'configuration.rule-set.0.a_b = true',
      { kind: 'compare', property: { name: 'configuration.rule-set.0.a_b' } },
    ],
  ])('has the condition %s', (text, expected) => {
    expect(parseExpression(`SELECT * WHERE ${text}`).where).toMatchObject(expected);
  });

  // spec: CFG-QUERY-1
  test.each([
    ['', 1, 1],
    ['   ', 1, 4],
    ['SELECT', 1, 7],
    ['SELECT resourceId resourceType', 1, 19],
    ["SELECT resourceId WHERE resourceType = 'a' accountId = 'b'", 1, 44],
    ["SELECT resourceId\nWHERE\n  resourceType == 'a'", 3, 17],
    ['SELECT resourceId WHERE a <> 1', 1, 28],
    ['SELECT resourceId WHERE a = "b"', 1, 29],
    ["SELECT resourceId WHERE a = 'b", 1, 29],
    ['SELECT resourceId WHERE a = b', 1, 29],
    ['SELECT resourceId WHERE a = NULL', 1, 29],
    ['SELECT resourceId WHERE a IS NULL', 1, 27],
    ["SELECT resourceId WHERE 'a%' LIKE 'abc%'", 1, 25],
    ['SELECT resourceId WHERE a LIKE 1', 1, 32],
    ['SELECT DISTINCT resourceId', 1, 8],
    ['SELECT ALL resourceId', 1, 8],
    ['SELECT resourceId AS id', 1, 19],
    ['SELECT resourceId FROM x', 1, 19],
    ['SELECT COUNT(*) GROUP BY a HAVING b = 1', 1, 28],
    ['SELECT SUM(*)', 1, 12],
    ['SELECT SUM(MAX(a))', 1, 15],
    ['SELECT COUNT(a, b)', 1, 15],
    ['SELECT resourceId WHERE a IN ()', 1, 31],
    ['SELECT resourceId WHERE (a = 1', 1, 31],
    ['SELECT resourceId WHERE a = 1)', 1, 30],
    ['SELECT resourceId;', 1, 18],
    ['SELECT resourceId WHERE a = 1 LIMIT 5', 1, 31],
    ['SELECT resourceId WHERE a = 1 -- x', 1, 31],
    ["SELECT resourceId WHERE '\u{1f600}' = a", 1, 25],
    ["SELECT resourceId WHERE a = '\u{1f600}' b", 1, 33],
    ['DELETE resourceId', 1, 1],
    ['SELECT a.', 1, 9],
  ])('%j has a syntax error at line %i, column %i', (text, line, column) => {
    expect(faultOf(text)).toEqual({
      code: 'InvalidExpressionException',
      message: `syntax error at line ${String(line)}, column ${String(column)}`,
    });
  });

  test('of more nested conditions than anybody writes is refused, not run out of stack with', () => {
    const nested = (depth: number) => `SELECT * WHERE ${'('.repeat(depth)}a = 1${')'.repeat(depth)}`;
    expect(parseExpression(nested(99)).where).toMatchObject({ kind: 'compare' });
    expect(faultOf(nested(2000)).code).toBe('InvalidExpressionException');
    expect(faultOf(`SELECT * WHERE ${'NOT '.repeat(1000)}a = 1`).code).toBe('InvalidExpressionException');
  });

  test('whatever it is, is read or refused with a place', () => {
    const word = fc.constantFrom(
      ...'SELECT WHERE AND OR NOT IN LIKE BETWEEN GROUP ORDER BY a b.c COUNT ( ) * , = < 1 true'.split(' '),
      "'x'",
      '"',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            parseExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(AwsError);
            expect(String(error)).toMatch(/syntax error at line \d+, column \d+$/);
          }
        },
      ),
    );
  });
});

function faultOf(text: string): { readonly code: string; readonly message: string } {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message };
  }
  throw new Error('it was read');
}
