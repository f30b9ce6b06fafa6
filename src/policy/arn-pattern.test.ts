import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileArnPattern,
  hasAnyWildcard,
  hasSubstitutedColon,
  isArnShaped,
  matchesArn,
} from './arn-pattern.ts';
import { globOf, type Run } from './glob.ts';

/** The parts of a text, of which the sixth keeps its colons. */
function partsOf(text: string): readonly string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

const text = fc
  .array(fc.constantFrom('arn', 'aws', ':', ':', ':', 'a', ''), { maxLength: 14 })
  .map((pieces) => pieces.join(''));
const pattern = fc
  .array(fc.constantFrom('arn', 'aws', ':', ':', ':', 'a', '*', '?'), { maxLength: 14 })
  .map((pieces) => pieces.join(''));
const plain = (of: string): readonly Run[] => [{ kind: 'pattern', text: of }];

// spec: IAM-RES-1, IAM-CASE-4
test('an ARN matches where each of its six parts matches that of the pattern', () => {
  fc.assert(
    fc.property(fc.oneof(pattern, text), text, (of, arn) => {
      const [wanted, found] = [partsOf(of), partsOf(arn)];
      const expected = found.length === 6 && wanted.every((part, i) => globOf(part).matches(found[i] ?? ''));
      expect(matchesArn(compileArnPattern(plain(of)), arn)).toBe(expected);
      expect(compileArnPattern(plain(of)).parts.length).toBe(wanted.length);
    }),
    { numRuns: 2_000 },
  );
});

// spec: IAM-ARN-1
test('a text has the form of an ARN if it begins as one and has six parts', () => {
  fc.assert(
    fc.property(text, (of) => {
      expect(isArnShaped(of)).toBe(of.startsWith('arn:') && partsOf(of).length === 6);
    }),
    { numRuns: 1_000 },
  );
  expect(isArnShaped('arn:aws:s3:::a')).toBe(true);
  expect(isArnShaped('urn:aws:s3:::a')).toBe(false);
  expect(isArnShaped('arn:aws:s3::a')).toBe(false);
});

// spec: IAM-VAR-6, IAM-VAR-8
test('wildcards are those of the text, and colons of a value part an ARN only where asked', () => {
  const runs: readonly Run[] = [
    { kind: 'pattern', text: 'arn:aws:' },
    { kind: 'literal', text: 'iam::1:a*' },
    { kind: 'pattern', text: ':x' },
  ];
  expect(hasAnyWildcard(runs)).toBe(false);
  expect(hasAnyWildcard([...runs, { kind: 'pattern', text: '?' }])).toBe(true);
  expect(hasSubstitutedColon(runs)).toBe(true);
  expect(hasSubstitutedColon(plain('a:b'))).toBe(false);
  expect(hasSubstitutedColon([{ kind: 'literal', text: 'a' }])).toBe(false);
  const literals = (colons?: 'text' | 'substituted') =>
    compileArnPattern(runs, colons).parts.map(({ literal }) => literal);
  expect(literals()).toEqual(['arn', 'aws', 'iam::1:a*', 'x']);
  expect(literals('text')).toEqual(['arn', 'aws', 'iam::1:a*', 'x']);
  expect(literals('substituted')).toEqual(['arn', 'aws', 'iam', '', '1', 'a*:x']);
});

// spec: IAM-RES-6
test('a pattern tells a wildcard in its service part', () => {
  expect(compileArnPattern(plain('arn:aws:s*:::a')).hasServiceWildcard).toBe(true);
  expect(compileArnPattern(plain('arn:aws:s3:*:*:*')).hasServiceWildcard).toBe(false);
  expect(compileArnPattern(plain('arn:aws')).hasServiceWildcard).toBe(false);
});
