/**
 * Resource and NotResource.
 * spec: IAM-RES-1, IAM-RES-2, IAM-RES-3, IAM-RES-4, IAM-RES-5, IAM-RES-6, IAM-RES-7
 */
import type { PatternElement, PolicyVersion } from './document/policy-document.ts';
import {
  arnPartCount,
  compileArnPattern,
  hasAnyWildcard,
  hasSubstitutedColon,
  matchesArn,
} from './arn-pattern.ts';
import type { CompiledElement, Unknown } from './element.ts';
import { compileGlob, type Run } from './glob.ts';
import { agreed, either, maybe, negation, no, yes, matchOf, type Match } from './match.ts';
import type { PolicyType } from './policy-type.ts';
import { hasVariables, parseTemplate, resolveTemplate, runsOf, widened } from './policy-variables.ts';
import type { Question } from './question.ts';

interface Frame {
  readonly type: PolicyType;
  readonly version: PolicyVersion | null;
  readonly statementPointer: string;
}

export interface ResourceElement extends CompiledElement {
  /** The texts of which one begins every resource that the element matches, or may match; `null`: it may be any. */
  readonly prefixes: readonly string[] | null;
}

export function compileResource(element: PatternElement | null, frame: Frame): ResourceElement {
  if (element === null) return absentResource(frame);
  const patterns = element.values.map(({ text }) => resourcePattern(text, frame));
  const [only] = patterns;
  const anyOf =
    only !== undefined && patterns.length === 1
      ? only.test
      : (question: Question): Match => {
          let match: Match = no;
          for (const pattern of patterns) {
            match = either(match, pattern.test(question));
            if (match === yes) return yes;
          }
          return match;
        };
  return {
    element: 'resource',
    pointer: element.pointer,
    member: element.isNegated ? 'NotResource' : 'Resource',
    expected: element.values.map(({ text }) => text),
    prefixes: element.isNegated ? null : prefixesOf(element, frame),
    test: element.isNegated ? (question) => negation(anyOf(question)) : anyOf,
    found: ({ resource }) => [resource],
    unknowns: (question) =>
      patterns.flatMap((pattern) => (pattern.test(question) === maybe ? [pattern.unknown(question)] : [])),
  };
}

function prefixesOf({ values }: PatternElement, { version }: Frame): readonly string[] | null {
  const prefixes = values.map(({ text }) => {
    const [first] = parseTemplate(text, version);
    if (first === undefined || first.kind === 'variable') return '';
    return first.kind === 'literal' ? first.text : first.text.split(/[*?]/, 1).join('');
  });
  return prefixes.includes('') ? null : prefixes;
}

/** What a statement without Resource is about. spec: IAM-RES-7, IAM-KMS-6 */
function absentResource({ type, statementPointer }: Frame): ResourceElement {
  const match = withoutResource[type];
  return {
    element: 'resource',
    pointer: statementPointer,
    member: 'Resource',
    expected: [],
    prefixes: null,
    test: () => match,
    found: ({ resource }) => [resource],
    unknowns: () => [
      { kind: 'undocumented', why: 'AWS refuses a statement without Resource in this kind of policy' },
    ],
  };
}

const withoutResource: Readonly<Record<PolicyType, Match>> = {
  trust: yes,
  topic: yes,
  resource: yes,
  key: no,
  bucket: maybe,
  identity: maybe,
  boundary: maybe,
  session: maybe,
  scp: maybe,
  rcp: maybe,
  'vpc-endpoint': maybe,
};

interface ResourcePattern {
  readonly test: (question: Question) => Match;
  readonly unknown: (question: Question) => Unknown;
}

function resourcePattern(text: string, { type, version }: Frame): ResourcePattern {
  // spec: IAM-RES-2
  if (text === '*') return { test: () => yes, unknown: oddArn };
  const template = parseTemplate(text, version);
  if (!hasVariables(template)) {
    const match = arnMatcher(runsOf(template), type);
    return { test: ({ resource }) => match(resource), unknown: oddArn };
  }
  return {
    test: ({ resource, context }) => {
      const resolved = resolveTemplate(template, context);
      // spec: IAM-VAR-4
      if (resolved.state === 'missing') return no;
      if (resolved.state === 'unknown')
        return couldMatch(widened(resolved.runs), type, resource) ? maybe : no;
      return arnMatcher(resolved.runs, type)(resource);
    },
    unknown: (question) => {
      const resolved = resolveTemplate(template, question.context);
      return resolved.state === 'unknown'
        ? { kind: 'key', key: resolved.key, why: `the policy variable in \`${text}\` stands for it` }
        : oddArn();
    },
  };
}

/** A value with colons may part the ARN otherwise than its text does, so the whole of it is tried as well. */
function couldMatch(runs: readonly Run[], type: PolicyType, resource: string): boolean {
  // spec: IAM-RES-3
  if (resource === '*') return false;
  return arnMatcher(runs, type)(resource) !== no || compileGlob(runs).matches(resource);
}

function oddArn(): Unknown {
  return {
    kind: 'undocumented',
    why: 'AWS refuses a Resource of this form, so what it would match is not documented',
  };
}

/**
 * What a text of a Resource matches. A text that AWS would not take as an ARN, but whose wildcards reach the
 * resource (`*arn:aws:kms:...*`, as in AWS's own samples), is undecided: never a guess.
 */
function arnMatcher(runs: readonly Run[], type: PolicyType): (resource: string) => Match {
  const match = partedMatcher(runs, type, 'text');
  // spec: IAM-VAR-8
  if (!hasSubstitutedColon(runs)) return match;
  const other = partedMatcher(runs, type, 'substituted');
  return (resource) => agreed(match(resource), other(resource));
}

function partedMatcher(
  runs: readonly Run[],
  type: PolicyType,
  colons: 'text' | 'substituted',
): (resource: string) => Match {
  const pattern = compileArnPattern(runs, colons);
  const isShort = pattern.parts.length < arnPartCount;
  const ceiling = isShort ? shortArn(runs, type) : yes;
  // spec: IAM-RES-5, IAM-RES-6
  const isOdd = pattern.parts[0]?.literal !== 'arn' || pattern.hasServiceWildcard;
  if (ceiling === yes && !isOdd) return (resource) => matchOf(matchesArn(pattern, resource));
  if (ceiling === no) return () => no;
  return (resource) => (matchesArn(pattern, resource) ? maybe : no);
}

/** How sure it is that AWS pads an ARN of fewer than six parts with stars. spec: IAM-RES-4 */
function shortArn(runs: readonly Run[], type: PolicyType): Match {
  switch (type) {
    case 'identity':
    case 'boundary':
    case 'session':
      return yes;
    case 'scp':
      return runs.at(-1)?.text.endsWith('*') === true ? yes : maybe;
    case 'rcp':
      return maybe;
    default:
      return hasAnyWildcard(runs) ? yes : no;
  }
}
