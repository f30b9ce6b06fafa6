import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compilePolicy } from '../../src/policy/compile.ts';
import { presentList, requestContext, present } from '../../src/policy/context.ts';
import { decide } from '../../src/policy/decide.ts';
import { parsePolicy } from '../../src/policy/document/parse-policy.ts';
import { readJson } from '../../src/policy/document/read-json.ts';
import type { PolicyType } from '../../src/policy/policy-type.ts';
import { explainDecision } from '../../src/policy/trace.ts';
import { asked, identityStatement, requestOf, resourceStatement } from './generated.ts';
import { compiledForTest, noPolicies, sourceForTest, userForTest } from './policy-case.ts';

const types: readonly PolicyType[] = [
  'identity',
  'trust',
  'bucket',
  'key',
  'topic',
  'resource',
  'boundary',
  'session',
  'scp',
  'rcp',
  'vpc-endpoint',
];

/** A document, or a piece of it somewhere else, or a piece of something else in it. */
const mutated = fc
  .tuple(
    fc.array(fc.oneof(identityStatement, resourceStatement), { minLength: 1, maxLength: 3 }),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(),
        fc.constantFrom(
          '',
          '"',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '*',
          '?',
          '${',
          '}',
          '\\',
          '\u0000',
          'null',
          '0',
          'arn:',
          'Not',
          '\uD800',
          '__proto__',
        ),
      ),
      { maxLength: 3 },
    ),
    fc.constantFrom('2012-10-17', '2008-10-17'),
  )
  .map(([Statement, edits, Version]) => {
    let text = JSON.stringify({ Version, Statement });
    for (const [at, length, inserted] of edits) {
      const from = at % (text.length + 1);
      text = text.slice(0, from) + inserted + text.slice(from + (length % 4));
    }
    return text;
  });

/** A few seconds' worth; `npm run test:long` asks for more. */
const isLong = process.env['SEALPOST_LONG'] !== undefined;
if (isLong) vi.setConfig({ testTimeout: 3_600_000 });
const runs = { numRuns: isLong ? 1_000_000 : Number(process.env['SEALPOST_RUNS'] ?? 2_000) };

describe('hostile input', () => {
  test('no text makes reading, parsing, compiling, deciding or explaining throw', () => {
    fc.assert(
      fc.property(mutated, fc.constantFrom(...types), asked, (text, type, question) => {
        const read = readJson(text, { file: null });
        if (!read.ok) {
          expect(read.faults.length).toBeGreaterThan(0);
          return;
        }
        const { source } = read;
        const parsed = parsePolicy(source.value, { type, locate: (pointer) => source.locate(pointer) });
        if (!parsed.ok) {
          expect(parsed.faults.every(({ line }) => line !== null)).toBe(true);
          return;
        }
        const policy = {
          kind: 'policy' as const,
          policy: compilePolicy(parsed.policy, { type, source: sourceForTest('policy') }),
        };
        const inputs = {
          ...noPolicies,
          resource: policy,
          identity: [policy],
          boundary: policy,
          serviceControl: [[policy]],
          resourceControl: [[policy]],
        };
        const decision = decide(requestOf(question), inputs);
        expect(explainDecision(requestOf(question), inputs).outcome).toBe(decision.outcome);
        expect(JSON.stringify(decision)).toContain('"outcome"');
      }),
      runs,
    );
  });

  test('no JSON value makes the grammar throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...types, null), (value, type) => {
        const parsed = parsePolicy(value, { type });
        expect(parsed.ok || parsed.faults.length > 0).toBe(true);
        expect(parsePolicy({ Statement: value }, { type }).ok).toBeTypeOf('boolean');
      }),
      runs,
    );
  });

  const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
    Array.from({ length: count }, (_, index) => item(index));

  // The largest that AWS stores, of the worst kind. Ten times the aim of 50 ms, for machines that do other things too.
  test.each<[string, unknown]>([
    [
      '20 KB of stars in one resource',
      { Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${'*a'.repeat(10_000)}` },
    ],
    [
      '20 KB of stars in one condition',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringLike: { 'aws:Probe': '*a'.repeat(10_000) } },
      },
    ],
    [
      'many short patterns against many values',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: {
          'ForAllValues:StringLike': { 'aws:TagKeys': many(1_000, (index) => `*${String(index)}?`) },
        },
      },
    ],
    [
      'many texts against many values',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: {
          'ForAllValues:StringNotEquals': { 'aws:TagKeys': many(2_500, (index) => `b${String(index)}`) },
        },
      },
    ],
    [
      'variables in every position',
      { Effect: 'Allow', Action: '*', Resource: many(1_000, () => 'arn:aws:s3:::${aws:Probe}') },
    ],
    [
      'a thousand statements',
      many(1_000, (index) => ({ Effect: 'Deny', Action: `s3:*${String(index)}*`, Resource: '*' })),
    ],
  ])('%s are decided at once', (_name, statements) => {
    const policy = compiledForTest('identity', { Version: '2012-10-17', Statement: statements });
    const request = {
      principal: userForTest,
      action: 's3:PutObject',
      resource: `arn:aws:s3:::${'a'.repeat(1_024)}b`,
      resourceAccount: null,
      context: requestContext([
        ['aws:Probe', present('a'.repeat(2_000))],
        ['aws:TagKeys', presentList(many(500, (index) => `a${String(index)}`))],
      ]),
    };
    // A matcher that backtracks would run into the test's time limit.
    expect(decide(request, { ...noPolicies, identity: [policy] }).outcome).toMatch(
      /^(allowed|denied|unknown)$/,
    );
  });
});
