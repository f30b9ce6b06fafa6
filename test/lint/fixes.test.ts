/**
 * What `lint --fix` writes means what was there before: real policies with slips planted in them, mutated, mended and
 * asked. `npm run test:long` runs many.
 */
import { parse as parseJsonc, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { fixedText } from '../../src/cli/fixed-text.ts';
import { fixText } from '../../src/lint/fix-text.ts';
import { lintPolicy } from '../../src/lint/lint-policy.ts';
import { likelyPolicyType } from '../../src/lint/policy-kind.ts';
import { decide } from '../../src/policy/decide.ts';
import { parsePolicy } from '../../src/policy/document/parse-policy.ts';
import { readJson } from '../../src/policy/document/read-json.ts';
import type { PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { PolicyType } from '../../src/policy/policy-type.ts';
import { readDocument } from '../../src/setup/read-document.ts';
import { mutatedPolicy } from '../policy/mutations.ts';
import { compiledForTest, noPolicies, sourceForTest } from '../policy/policy-case.ts';
import { requestAbout } from '../policy/request-about.ts';
import { seededRandom, type Random } from '../policy/seeded-random.ts';

const isLong = process.env['SEALPOST_LONG'] !== undefined;
if (isLong) vi.setConfig({ testTimeout: 3_600_000 });
const inputs = isLong ? 20_000 : 600;
const requestsEach = 8;

// spec: LINT-FIX-1
test('a fix leaves every decision as it was, a second run finds nothing to mend, and all else stays as written', () => {
  const fixed = new Map<string, number>();
  for (let seed = 0; seed < inputs; seed++) {
    const random = seededRandom(seed + 1);
    const value = planted(valueOf(mutatedPolicy(seed).text), random);
    if (value === null) continue;
    const type = random.chance(2, 3) ? likelyPolicyType(value) : random.of(types);
    if (!parsePolicy(value, { type }).ok) continue;
    const text = `// kept\n${JSON.stringify(value, null, random.of([0, 2, 4]))}\n`;
    const codes: string[] = [];
    const mended = mendedText(text, type, codes);
    for (const code of codes) fixed.set(code, (fixed.get(code) ?? 0) + 1);
    if (codes.length === 0) continue;

    expect(mended.startsWith('// kept\n'), mended).toBe(true);
    expect(mendedText(mended, type, []), `seed ${String(seed)}`).toBe(mended);
    const after = parsedText(mended);
    const grammar = parsePolicy(value, { type });
    expect(parsePolicy(after, { type }).ok, mended).toBe(true);
    for (let asked = 0; asked < requestsEach && grammar.ok; asked++) {
      const request = requestAbout(grammar.policy, random);
      const outcomes = [value, after].map((policy) => decide(request, inputsWith(policy, type)).outcome);
      // A key with one value that the request has several of: without the condition there is nothing unknown.
      if (outcomes[0] === 'unknown' && codes.includes('redundant-key-due-to-wildcard-in-condition')) continue;
      expect(outcomes[1], `seed ${String(seed)}, ${codes.join(', ')}: ${text} became ${mended}`).toBe(
        outcomes[0],
      );
    }
  }
  // Each fix that a rule offers has been made.
  expect([...fixed.keys()].toSorted()).toEqual([
    'empty-object-condition',
    'empty-sid-value',
    'improve-ip-range',
    'missing-version',
    'redundant-action',
    'redundant-condition-value-num',
    'redundant-key-due-to-wildcard-in-condition',
    'redundant-resource',
    'redundant-statement',
    'unsupported-sid',
  ]);
});

// spec: LINT-FIX-1
test('YAML is mended to what JSON is, and a second run changes nothing', async () => {
  let mended = 0;
  for (let seed = 0; seed < inputs / 4; seed++) {
    const random = seededRandom(seed + 1);
    const value = planted(valueOf(mutatedPolicy(seed).text), random);
    const type = likelyPolicyType(value);
    if (value === null || !parsePolicy(value, { type }).ok) continue;
    // The mutations write what YAML can't (lone surrogates), and aliases of what they doubled.
    const text = stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
    const codes: string[] = [];
    const wanted = parsedText(mendedText(`// kept\n${JSON.stringify(value)}\n`, type, codes));
    const read = await readDocument(text, null);
    if (codes.length === 0 || !read.ok) continue;
    const after = await mendedYaml(text, type);
    const again = await readDocument(after, null);
    expect(
      again.ok && JSON.parse(JSON.stringify(again.source.value)),
      `seed ${String(seed)}: ${text}`,
    ).toEqual(wanted);
    expect(await mendedYaml(after, type)).toBe(after);
    mended++;
  }
  expect(mended).toBeGreaterThan(inputs / 40);
});

async function mendedYaml(text: string, type: PolicyType): Promise<string> {
  const read = await readDocument(text, null);
  if (!read.ok) throw new Error(`not read: ${text}`);
  const findings = lintPolicy({ value: read.source.value, type, source: sourceForTest('policy'), text });
  for (const { fix } of findings) {
    const after = fix === null ? null : await fixedText(text, fix);
    if (after !== null) return mendedYaml(after, type);
  }
  return text;
}

const types: readonly PolicyType[] = [
  'identity',
  'trust',
  'bucket',
  'key',
  'topic',
  'resource',
  'scp',
  'rcp',
];

/** As the command does: one fix after another, each for the text that the last one left. */
function mendedText(text: string, type: PolicyType, codes: string[]): string {
  const finding = lintPolicy({
    value: parsedText(text),
    type,
    source: sourceForTest('policy'),
    text,
  }).find(({ fix }) => fix !== null);
  if (finding === undefined || finding.fix === null) return text;
  codes.push(finding.code);
  const mended = fixText(text.replace('// kept\n', ''), finding.fix);
  if (mended === null) throw new Error(`not mended: ${text}`);
  return mendedText(`// kept\n${mended}`, type, codes);
}

function parsedText(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(text, errors);
  if (errors.length > 0) throw new Error(errors.map(({ error }) => printParseErrorCode(error)).join());
  return value;
}

function valueOf(text: string): Statements | null {
  const read = readJson(text, { file: null });
  if (!read.ok || !isObject(read.source.value)) return null;
  const { Statement } = read.source.value;
  return Array.isArray(Statement) ? { ...read.source.value, Statement } : null;
}

interface Statements {
  readonly [member: string]: unknown;
  readonly Statement: readonly unknown[];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The policy with slips that a fix mends. */
function planted(policy: Statements | null, random: Random): Statements | null {
  if (policy === null || policy.Statement.length === 0) return policy;
  const at = random.below(policy.Statement.length);
  const statement = policy.Statement[at];
  if (!isObject(statement)) return policy;
  const { Version, ...rest } = policy;
  const withSlip = random.of(slips)(statement, random);
  const Statement = random.chance(1, 4)
    ? [...policy.Statement, random.chance(1, 2) ? statement : { ...statement, Sid: 'again' }]
    : policy.Statement.with(at, withSlip);
  return random.chance(1, 3) ? { ...rest, Statement } : { ...rest, Version, Statement };
}

const slips: readonly ((statement: Readonly<Record<string, unknown>>, random: Random) => unknown)[] = [
  (statement) => ({ Sid: '', ...statement }),
  (statement) => ({ ...statement, Sid: 'a b-c' }),
  (statement) => ({ ...statement, Condition: {} }),
  (statement) => withCondition(statement, { StringEquals: {} }),
  (statement, random) =>
    withCondition(statement, {
      StringLikeIfExists: { 'aws:SourceIdentity': '*' },
      'ForAllValues:StringLike': { 'aws:TagKeys': random.of(['*', ['a', '**']]) },
    }),
  (statement, random) =>
    withCondition(statement, {
      [random.of(['IpAddress', 'NotIpAddressIfExists'])]: {
        'aws:SourceIp': random.of([
          '203.0.113.7/24',
          ['2001:db8::1/32', '198.51.100.255/31'],
          '2001:db8:0:1::/63',
        ]),
      },
    }),
  (statement, random) =>
    withCondition(statement, {
      [random.of([
        'NumericLessThan',
        'NumericGreaterThanEqualsIfExists',
        'ForAnyValue:NumericLessThanEquals',
      ])]: {
        'aws:MultiFactorAuthAge': random.of([
          ['5', '30'],
          [7, '7.0', '-1'],
          ['1e2', '99'],
        ]),
      },
    }),
  (statement) => ({
    ...statement,
    Action: listWith(statement['Action'], ['s3:Get*', 's3:GetObject', 'S3:GetObject']),
  }),
  (statement) => ({
    ...statement,
    Resource: listWith(statement['Resource'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/b', '*']),
  }),
];

function withCondition(statement: Readonly<Record<string, unknown>>, condition: object): unknown {
  const given = statement['Condition'];
  return { ...statement, Condition: { ...(isObject(given) ? given : {}), ...condition } };
}

function listWith(given: unknown, more: readonly string[]): unknown {
  return [
    ...(Array.isArray(given) ? (given as readonly unknown[]) : given === undefined ? [] : [given]),
    ...more,
  ];
}

/** The policy as the one of its kind, beside what lets others than it in. */
function inputsWith(document: unknown, type: PolicyType): PolicyInputs {
  const policy = compiledForTest(type, document);
  if (type === 'identity') return { ...noPolicies, identity: [policy] };
  if (type === 'scp') return { ...noPolicies, identity: [policy], serviceControl: [[policy]] };
  if (type === 'rcp') return { ...noPolicies, resource: policy, resourceControl: [[policy]] };
  return { ...noPolicies, resource: policy };
}
