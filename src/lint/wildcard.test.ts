import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coversArnPattern, coversPattern, matchesPattern, overlaps } from './wildcard.ts';

const pattern = fc
  .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 })
  .map((parts) => parts.join(''));
const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }).map((parts) => parts.join(''));

describe('patterns', () => {
  it('match as the regular expression of the same meaning does', () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        const regex = new RegExp(`^${p.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(p, t)).toBe(regex.test(t));
      }),
    );
  });

  it('that cover another match whatever the other matches', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, t) => {
        if (coversPattern(wide, narrow) && matchesPattern(narrow, t))
          expect(matchesPattern(wide, t)).toBe(true);
      }),
    );
  });

  it('cover themselves', () => {
    fc.assert(
      fc.property(pattern, (p) => {
        expect(coversPattern(p, p)).toBe(true);
      }),
    );
  });

  it('of ARNs cover part by part: no wildcard crosses a colon', () => {
    expect(coversArnPattern('arn:aws:s3:::a/*', 'arn:aws:s3:::a/b*')).toBe(true);
    expect(coversArnPattern('arn:aws:s3:::a/*', 'arn:aws:s3:::a/${aws:username}')).toBe(true);
    expect(coversArnPattern('arn:aws:*:::b', 'arn:aws:sns:us-east-1:111122223333:b')).toBe(false);
    expect(coversArnPattern('arn:aws:s3:::a/????', 'arn:aws:s3:::a/${a}')).toBe(false);
    expect(coversArnPattern('*', 'anything')).toBe(true);
  });

  it('overlap when a text matches both, whichever comes first', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (a, b, t) => {
        if (matchesPattern(a, t) && matchesPattern(b, t)) expect(overlaps(a, b)).toBe(true);
        expect(overlaps(a, b)).toBe(overlaps(b, a));
      }),
    );
  });

  it('do not overlap when their fixed ends differ', () => {
    expect(overlaps('arn:aws:s3:::a/*', 'arn:aws:s3:::b/*')).toBe(false);
    expect(overlaps('a*c', 'ab*')).toBe(true);
  });
});
