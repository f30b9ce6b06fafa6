/** Real policies, changed at random: in their tree, in their tokens and in their text. */
import { realPolicies, statementOfService, type RealPolicy, type Statement } from './real-policies.ts';
import { seededRandom, type Random } from './seeded-random.ts';

export interface MutatedPolicy {
  readonly text: string;
  readonly random: Random;
}

/** Of statements and of long lists only so many are kept, mostly, so that a million inputs take minutes. */
const statementsMax = 4;
const valuesMax = 12;

/** The input with this number: always the same. About half of them are still policies. */
export function mutatedPolicy(seed: number): MutatedPolicy {
  const random = seededRandom(seed);
  let value: unknown = startingPolicy(random);
  for (let edits = random.below(4); edits > 0; edits--) value = changedPolicy(value, random);
  let text = JSON.stringify(value, null, random.chance(1, 4) ? 2 : 0);
  if (random.chance(1, 5))
    for (let edits = 1 + random.below(2); edits > 0; edits--) text = changedTokens(text, random);
  if (random.chance(1, 5))
    for (let edits = 1 + random.below(3); edits > 0; edits--) text = changedText(text, random);
  return { text, random };
}

const corpus = realPolicies();

function startingPolicy(random: Random): RealPolicy {
  const policy = random.of(corpus);
  const isWhole = random.chance(1, 100);
  const statements = isWhole
    ? policy.Statement
    : spread(policy.Statement, statementsMax).map((statement) => thinned(statement));
  const others = random.chance(1, 2) ? [statementOfService(random)] : [];
  const Version = random.of(['2012-10-17', '2012-10-17', policy['Version'], '2008-10-17']);
  return { ...policy, ...(Version === undefined ? {} : { Version }), Statement: [...statements, ...others] };
}

/** At most so many of the items, from all over the list. */
function spread<Item>(items: readonly Item[], max: number): readonly Item[] {
  const step = Math.ceil(items.length / max);
  return items.filter((_, index) => index % step === 0);
}

function thinned(statement: Statement): Statement {
  return Object.fromEntries(
    Object.entries(statement).map(([name, member]) => [
      name,
      Array.isArray(member) ? spread(member, valuesMax) : member,
    ]),
  );
}

/** Texts that mean something to a policy, in places where they may not. */
const words = [
  'Allow',
  'Deny',
  'NotPrincipal',
  'NotAction',
  'NotResource',
  'Principal',
  'Action',
  'Resource',
  'Condition',
  'StringEquals',
  'StringNotLikeIfExists',
  'ForAllValues:StringLike',
  'ForAnyValue:ArnNotEqualsIfExists',
  'ForAllValues:Null',
  'NullIfExists',
  'stringequals',
  'NumericLessThanEquals',
  'DateNotEquals',
  'Bool',
  'BinaryEquals',
  'NotIpAddress',
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
  'aws:SourceAccount',
  'AWS:SourceAccount',
  'aws:PrincipalOrgPaths',
  'kms:EncryptionContext:aws:s3:arn',
  '*',
  '?',
  '**?**',
  '${aws:username}',
  "${aws:PrincipalTag/team, 'none'}",
  '${*}',
  '${',
  '${}',
  '${${aws:username}}',
  'arn:aws:kms:us-east-1:111122223333:key/*',
  'arn:*:s3:::*${aws:PrincipalArn}*',
  'arn:aws:iam::111122223333:root',
  'arn:aws:sts::111122223333:assumed-role/config/AWSConfig-Describe',
  '111122223333',
  'AROAEXAMPLEROLE00000',
  'config.amazonaws.com',
  's3:*',
  'kms:GenerateDataKey*',
  '*:*',
  '',
  ' ',
  '-0.0',
  '1e400',
  '9007199254740993',
  '2026-11-25T00:00:00Z',
  '2024',
  '-999999999999999',
  '300.0.0.1/33',
  '2001:DB8::/32',
  'MQ==',
  '\u0000',
  '\uD800',
  '\u0130',
  '__proto__',
  'constructor',
  'toString',
];

const values: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  [],
  {},
  [[]],
  [null],
  { AWS: [] },
  '',
];

/** Mostly within a statement: what is wrong above it is refused without a look at the rest. */
function changedPolicy(policy: unknown, random: Random): unknown {
  if (!isPolicy(policy) || policy.Statement.length === 0 || random.chance(1, 12))
    return changedNode(policy, random, 0);
  const at = random.below(policy.Statement.length);
  return { ...policy, Statement: policy.Statement.with(at, changedNode(policy.Statement[at], random, 0)) };
}

function isPolicy(value: unknown): value is { readonly Statement: readonly unknown[] } {
  return (
    typeof value === 'object' && value !== null && 'Statement' in value && Array.isArray(value.Statement)
  );
}

/** One node of the tree replaced, doubled, removed, wrapped, renamed, or filled with a node of another policy. */
function changedNode(value: unknown, random: Random, depth: number): unknown {
  const isLeaf = typeof value !== 'object' || value === null;
  if (isLeaf || (depth > 1 && random.chance(1, 3))) return replacement(value, random);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length === 0) return [random.of(words)];
    const at = random.below(items.length);
    switch (random.below(6)) {
      case 0:
        return items.toSpliced(at, 1);
      case 1:
        return items.toSpliced(at, 0, items[random.below(items.length)]);
      case 2:
        return items.toSpliced(at, 0, random.of(words));
      default:
        return items.with(at, changedNode(items[at], random, depth + 1));
    }
  }
  const members = Object.entries(value);
  if (members.length === 0) return { [random.of(words)]: random.of(words) };
  const at = random.below(members.length);
  const [name, member] = members[at] ?? ['', null];
  // Next to anything else than these is refused at once.
  if (name === 'Effect' && random.chance(5, 6)) return { ...value, Effect: random.of(['Allow', 'Deny']) };
  switch (random.below(24)) {
    case 0:
      return Object.fromEntries(members.toSpliced(at, 1));
    case 1:
      return Object.fromEntries(members.with(at, [renamed(name, random), member]));
    case 2:
      return Object.fromEntries([...members, [renamed(name, random), member]]);
    default:
      return Object.fromEntries(members.with(at, [name, changedNode(member, random, depth + 1)]));
  }
}

function replacement(value: unknown, random: Random): unknown {
  switch (random.below(7)) {
    case 0:
      return random.of(words);
    case 1:
      return random.of(values);
    case 2:
      return [value, random.of(words)];
    case 3:
      return typeof value === 'string' ? value + random.of(words) : { [random.of(words)]: value };
    case 4:
      return typeof value === 'string' ? changedText(value, random) : nodeOfAnother(random);
    case 5:
      return nodeOfAnother(random);
    default:
      return typeof value === 'string' ? repeated(value, random) : value;
  }
}

function renamed(name: string, random: Random): string {
  switch (random.below(5)) {
    case 0:
      return name.toUpperCase();
    case 1:
      return `Not${name}`;
    case 2:
      return `${name}IfExists`;
    case 3:
      return `ForAllValues:${name}`;
    default:
      return random.of(words);
  }
}

/** A piece of some other policy, from any depth. */
function nodeOfAnother(random: Random): unknown {
  let node: unknown = random.of(random.of(corpus).Statement);
  for (let depth = random.below(4); depth > 0; depth--) {
    if (typeof node !== 'object' || node === null) break;
    const children: readonly unknown[] = Object.values(node);
    if (children.length === 0) break;
    node = random.of(children);
  }
  return node;
}

/** Long values are where a matcher that backtracks shows. */
function repeated(text: string, random: Random): string {
  const unit = random.of(['*', '?', '*a', 'a', '${aws:username}', '**?', ':', '0', text.slice(0, 8)]);
  return text + unit.repeat(random.of([3, 20, 20, 200]));
}

/** Strings, numbers, words and punctuation of JSON. */
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g;

/** Two tokens exchanged, one doubled, dropped, or replaced by another of its kind. */
function changedTokens(text: string, random: Random): string {
  const tokens = [...text.matchAll(token)];
  if (tokens.length < 2) return text;
  const [one, other] = [random.of(tokens), random.of(tokens)];
  const at = (found: string): string =>
    text.slice(0, one.index) + found + text.slice(one.index + one[0].length);
  switch (random.below(4)) {
    case 0:
      return at(other[0]);
    case 1:
      return at('');
    case 2:
      return at(one[0] + one[0]);
    default:
      return at(one[0].startsWith('"') ? JSON.stringify(random.of(words)) : other[0]);
  }
}

const pieces = [
  ...[
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
    '\\',
    '\\u0000',
    '\u0000',
    'null',
    '0',
    'arn:',
    'Not',
  ],
  ...['\uD800', '\uFEFF', '/*', '//', '\r\n', '"a":'],
];

/** A few characters dropped, doubled or inserted, whatever they are part of. */
function changedText(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  const to = from + random.below(random.chance(1, 8) ? 60 : 5);
  switch (random.below(3)) {
    case 0:
      return text.slice(0, from) + text.slice(to);
    case 1:
      return text.slice(0, to) + text.slice(from);
    default:
      return text.slice(0, from) + random.of(pieces) + text.slice(from);
  }
}
