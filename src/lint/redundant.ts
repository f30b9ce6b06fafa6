/** Patterns of a list that another of the same list already covers. */
import { hasWildcard } from '../policy/glob.ts';
import type { RuleFinding } from './lint-rule.ts';
import type { TextAt } from './policy-view.ts';
import { coversArnPattern, coversPattern } from './wildcard.ts';

/** How actions are compared: without regard to case. */
export const likeActions = { fold: (text: string): string => text.toLowerCase(), covers: coversPattern };

/** How resources are compared: part by part. */
export const likeResources = { fold: (text: string): string => text, covers: coversArnPattern };

/** Of longer lists only so many wildcards are compared with each entry, so that the time grows with the list and not with its square. */
const comparedWildcardsMax = 100;

/** Each pattern that another covers, with a fix that takes it out. Of two equal ones the later is redundant. */
export function* redundantPatterns(
  list: readonly TextAt[] | null,
  what: string,
  {
    fold,
    covers,
  }: { readonly fold: (text: string) => string; readonly covers: (wide: string, narrow: string) => boolean },
): Iterable<RuleFinding> {
  if (list === null || list.length < 2) return;
  const folded = list.map((item) => ({ item, text: fold(item.text) }));
  const wide = folded.filter(({ text }) => hasWildcard(text)).slice(0, comparedWildcardsMax);
  const first = new Map<string, TextAt>();
  const gone = new Set<TextAt>();
  for (const { item, text } of folded) {
    const equal = first.get(text);
    if (equal === undefined) first.set(text, item);
    const cover =
      equal ??
      wide.find((other) => other.text !== text && !gone.has(other.item) && covers(other.text, text))?.item;
    if (cover === undefined) continue;
    gone.add(item);
    yield {
      pointer: item.pointer,
      message: `the ${what} \`${item.text}\` is covered by \`${cover.text}\` already`,
      next: `remove \`${item.text}\``,
      fix: { summary: `remove \`${item.text}\``, patch: [{ op: 'remove', path: item.pointer }] },
    };
  }
}
