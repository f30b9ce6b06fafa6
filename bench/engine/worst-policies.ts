/** The worst that AWS would store, of each kind, and a request that goes through all of it. */
import type { ContextValue } from '../../src/policy/context.ts';
import { present, presentList } from '../../src/policy/context.ts';
import type { PolicyType } from '../../src/policy/policy-type.ts';

export interface WorstPolicy {
  readonly name: string;
  readonly type: PolicyType;
  readonly statements: readonly unknown[];
  readonly context?: Readonly<Record<string, ContextValue>>;
  /** Other than the object with a long key. */
  readonly resource?: string;
}

/** As long as S3 takes keys, and of the letters that the patterns are made of. */
export const longKey = `arn:aws:s3:::config-logs/${'a'.repeat(1_000)}b`;

const kilobyte = 1_024;

export const worstPolicies: readonly WorstPolicy[] = [
  {
    name: '20 KB of *a*a*a* in one Resource',
    type: 'bucket',
    statements: [allow({ Resource: `arn:aws:s3:::config-logs/${'*a'.repeat(10 * kilobyte - 100)}` })],
  },
  {
    name: '20 KB of *a*a*a* in Resources of 512 bytes',
    type: 'bucket',
    statements: [allow({ Resource: many(38, () => `arn:aws:s3:::config-logs/${'*a'.repeat(245)}*c`) })],
  },
  {
    name: '20 KB of ?a?a* against a long value',
    type: 'bucket',
    statements: [
      allow({
        Condition: { StringLike: { 'aws:Probe': many(40, (index) => `*${'?a'.repeat(240)}${index}*`) } },
      }),
    ],
    context: { 'aws:Probe': present('a'.repeat(2 * kilobyte)) },
  },
  {
    name: '20 KB of patterns whose pieces are 60 letters that nearly match',
    type: 'bucket',
    statements: [
      allow({ Condition: { StringLike: { 'aws:Probe': many(320, () => `*${'a'.repeat(56)}c*`) } } }),
    ],
    context: { 'aws:Probe': present('a'.repeat(2 * kilobyte)) },
  },
  {
    name: '20 KB of pieces of 60 with a question mark that nearly match',
    type: 'bucket',
    statements: [
      allow({ Condition: { StringLike: { 'aws:Probe': many(320, () => `*?${'a'.repeat(55)}c*`) } } }),
    ],
    context: { 'aws:Probe': present('a'.repeat(2 * kilobyte)) },
  },
  {
    name: '32 KB of the shortest statements',
    type: 'key',
    statements: shortest(32 * kilobyte, { Effect: 'Deny', Principal: '*', Action: 's3:P*', Resource: 'a' }),
  },
  {
    name: '32 KB of the shortest statements with a condition',
    type: 'key',
    statements: shortest(32 * kilobyte, {
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { Null: { a: 'true', b: 'false' } },
    }),
  },
  {
    name: 'a variable in every Resource and value',
    type: 'bucket',
    statements: many(60, () =>
      allow({
        Resource: many(5, () => 'arn:aws:s3:::${aws:username}*${aws:Probe}'),
        Condition: {
          StringLike: { 'aws:Probe': many(5, () => '*${aws:username}*${aws:Probe}c') },
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:Probe}*${aws:username}c' },
        },
      }),
    ),
    context: {
      'aws:Probe': present('a'.repeat(2 * kilobyte)),
      'aws:username': present('a'),
      'aws:SourceArn': present(longKey),
    },
  },
  {
    name: '4,000 variables in one text',
    type: 'bucket',
    statements: [allow({ Resource: `arn:aws:s3:::config-logs/${'${a}*'.repeat(4_000)}` })],
    context: { a: present('a') },
  },
  // A request has 50 tag keys at most, and no other key has more values.
  {
    name: 'ForAllValues of 2,500 texts over 50 values',
    type: 'key',
    statements: [forEach('ForAllValues:StringEquals', 2_500, (index) => `a${index}`)],
    context: probe(50, (index) => `a${index}`),
  },
  {
    name: 'ForAllValues of 2,500 patterns over 50 values',
    type: 'key',
    statements: [forEach('ForAllValues:StringNotLike', 2_500, (index) => `*${index}b*`)],
    context: probe(50, (index) => `a${index}`),
  },
  {
    name: 'ForAnyValue of 600 ARNs over 50 values',
    type: 'key',
    statements: [forEach('ForAnyValue:ArnLike', 600, (index) => `arn:aws:iam::*:role/*${index}b*`)],
    context: probe(50, (index) => `arn:aws:iam::111122223333:role/a${index}`),
  },
  // Thousands over thousands, of the kinds that are looked up at once.
  {
    name: 'ForAllValues of 2,500 texts over 5,000 values',
    type: 'key',
    statements: [forEach('ForAllValues:StringEquals', 2_500, (index) => `a${index}`)],
    context: probe(5_000, (index) => `a${index % 2_500}`),
  },
  {
    name: 'ForAnyValue of 1,500 numbers over 5,000 values',
    type: 'key',
    statements: [forEach('ForAnyValue:NumericEquals', 1_500, (index) => `${index}.5`)],
    context: probe(5_000, (index) => `${index}`),
  },
  {
    name: 'ForAnyValue of 1,000 address ranges over 1,000 values',
    type: 'key',
    statements: [forEach('ForAnyValue:IpAddress', 1_000, (index) => `10.${index % 256}.0.0/16`)],
    context: probe(1_000, (index) => `192.168.${index % 256}.1`),
  },
  {
    name: 'NotPrincipal, NotAction and NotResource',
    type: 'key',
    statements: many(60, (index) => ({
      Effect: 'Deny',
      NotPrincipal: { AWS: many(4, (other) => `arn:aws:iam::111122223333:role/r${index}-${other}`) },
      NotAction: many(6, (other) => `s3:*${other}*`),
      NotResource: many(6, (other) => `arn:aws:s3:::*a*a*${index}${other}*`),
      Condition: { StringNotEquals: { 'aws:Probe': 'a' } },
    })),
  },
  {
    name: 'a statement that names 700 roles',
    type: 'key',
    statements: [
      {
        Effect: 'Allow',
        Principal: { AWS: many(700, (index) => `arn:aws:iam::111122223333:role/r${index}`) },
        Action: '*',
        Resource: '*',
      },
    ],
  },
];

function allow(members: Readonly<Record<string, unknown>>): unknown {
  return { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...members };
}

function forEach(operator: string, count: number, item: (index: number) => string): unknown {
  return allow({ Condition: { [operator]: { 'aws:Probe': many(count, item) } } });
}

function probe(count: number, item: (index: number) => string): Readonly<Record<string, ContextValue>> {
  return { 'aws:Probe': presentList(many(count, item)) };
}

function many<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function shortest(bytes: number, statement: unknown): readonly unknown[] {
  return many(Math.floor(bytes / (JSON.stringify(statement).length + 1)), () => statement);
}
