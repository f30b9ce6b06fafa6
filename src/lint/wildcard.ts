import { globOf } from '../policy/glob.ts';
import { arnParts } from './condition-value.ts';

/**
 * Patterns with `*` (any run) and `?` (one character), compared with texts and with each other. The engine decides
 * with its own; these answer questions about patterns that no single request asks.
 */

/** Whether the pattern matches the whole text, as the engine's own patterns do. */
export function matchesPattern(pattern: string, text: string): boolean {
  return globOf(pattern).matches(text);
}

/**
 * Whether the wide pattern surely matches every text that the narrow one does. A `false` may be a doubt: wildcards of
 * the narrow one are only covered by a star.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  let star = -1;
  let resume = 0;
  let w = 0;
  let n = 0;
  while (n < narrow.length) {
    const wanted = wide[w];
    if (wanted === '*') {
      star = w++;
      resume = n;
    } else if (
      w < wide.length &&
      ((wanted === '?' && narrow[n] !== '*') || (wanted === narrow[n] && wanted !== '*'))
    ) {
      w++;
      n++;
    } else if (star >= 0) {
      w = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (wide[w] === '*') w++;
  return w === wide.length;
}

/**
 * Whether the wide ARN pattern surely matches every ARN that the narrow one does: part by part, as a wildcard of one
 * part of an ARN crosses no colon. What stands in for a policy variable may be any text.
 */
export function coversArnPattern(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '*') return true;
  const wideParts = arnParts(wide);
  const narrowParts = arnParts(narrow.replaceAll(/\$\{[^}]*\}/g, '*'));
  if (wideParts.length !== 6 || narrowParts.length !== 6 || wide.includes('${')) return false;
  return wideParts.every((part, index) => coversPattern(part, narrowParts[index] ?? ''));
}

/** Whether some text matches both patterns. */
export function overlaps(a: string, b: string): boolean {
  // What stands before the first wildcard of either is text, which most pairs do not share.
  let start = 0;
  for (; start < a.length && start < b.length; start++) {
    const [one, other] = [a.charCodeAt(start), b.charCodeAt(start)];
    if (isWildcard(one) || isWildcard(other)) break;
    if (one !== other) return false;
  }
  return tailsOverlap(a.slice(start), b.slice(start));
}

function isWildcard(char: number): boolean {
  return char === 0x2a || char === 0x3f;
}

function tailsOverlap(a: string, b: string): boolean {
  // reach[j]: a[..i] and b[..j] can match a common text.
  let reach = new Array<boolean>(b.length + 1).fill(false);
  for (let i = 0; i <= a.length; i++) {
    const next = new Array<boolean>(b.length + 1).fill(false);
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 && j === 0) next[j] = true;
      else if (i > 0 && a[i - 1] === '*') next[j] = (reach[j] ?? false) || (j > 0 && (next[j - 1] ?? false));
      else if (j > 0 && b[j - 1] === '*') next[j] = (next[j - 1] ?? false) || (i > 0 && (reach[j] ?? false));
      else if (i > 0 && j > 0) {
        const same = a[i - 1] === '?' || b[j - 1] === '?' || a[i - 1] === b[j - 1];
        next[j] = same && (reach[j - 1] ?? false);
      }
    }
    if (!next.includes(true)) return false;
    reach = next;
  }
  return reach[b.length] ?? false;
}
