import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob, globOf } from './glob.ts';

/** The definition, written out: exponential, for short texts only. */
function matchesByDefinition(pattern: string, text: string): boolean {
  const head = pattern.at(0);
  if (head === undefined) return text === '';
  const tail = pattern.slice(1);
  if (head === '*')
    return matchesByDefinition(tail, text) || (text !== '' && matchesByDefinition(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && matchesByDefinition(tail, text.slice(1));
}

const letters = (alphabet: string, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...chars(alphabet)), { maxLength }).map((list) => list.join(''));

const chars = (text: string): string[] => text.split('');

// spec: IAM-GLOB-1
test('a pattern matches what the definition of star and question mark says', () => {
  fc.assert(
    fc.property(letters('ab*?', 10), letters('ab', 12), (pattern, text) => {
      expect(globOf(pattern).matches(text)).toBe(matchesByDefinition(pattern, text));
    }),
    { numRuns: 5_000 },
  );
});

// spec: IAM-GLOB-1
test('a text is matched from an index on as its rest alone', () => {
  fc.assert(
    fc.property(letters('ab*?', 8), letters('ab', 4), letters('ab', 10), (pattern, before, text) => {
      expect(globOf(pattern).matches(before + text, before.length)).toBe(globOf(pattern).matches(text));
    }),
    { numRuns: 2_000 },
  );
});

// spec: IAM-GLOB-1
test('long segments, which are searched for bit by bit, match like short ones', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 140 }),
      letters('ab?', 6),
      letters('ab', 200),
      (length, seed, text) => {
        const segment = (seed === '' ? 'a' : seed).repeat(length).slice(0, length);
        const wanted = segment.replaceAll('?', 'a');
        expect(globOf(`*${segment}*`).matches(`${text}${wanted}${text}`)).toBe(true);
        const found = chars(text).some(
          (_char, at) =>
            at + length <= text.length &&
            chars(segment).every((char, i) => char === '?' || char === text[at + i]),
        );
        expect(globOf(`*${segment}*`).matches(text)).toBe(found);
      },
    ),
    { numRuns: 300 },
  );
});

// spec: IAM-VAR-6
test('a substituted value has no wildcards', () => {
  const glob = compileGlob([
    { kind: 'pattern', text: 'home/' },
    { kind: 'literal', text: '*?' },
    { kind: 'pattern', text: '/*' },
  ]);
  expect(glob.matches('home/*?/x')).toBe(true);
  expect(glob.matches('home/ann/x')).toBe(false);
});

// spec: IAM-GLOB-1
test.each([
  ['many stars', '*a'.repeat(10_000), 'a'.repeat(5_000) + 'b'],
  ['a segment that nearly matches everywhere', `*${'a'.repeat(1_000)}b*`, 'a'.repeat(20_000)],
  ['question marks that nearly match everywhere', `*${'a?'.repeat(500)}b*`, 'a'.repeat(20_000)],
])('hostile patterns take no longer than their length asks for: %s', (_name, pattern, text) => {
  const glob = globOf(pattern);
  // A backtracking matcher would run into the test's time limit.
  expect(glob.matches(text)).toBe(false);
});
