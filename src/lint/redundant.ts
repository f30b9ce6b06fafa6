/** Patterns of a list that another of the same list already covers. */
import type { RuleFinding } from './lint-rule.ts';
import type { TextAt } from './policy-view.ts';
import { coversPattern } from './wildcard.ts';

/** Each pattern that another covers, with a fix that takes it out. Of two equal ones the later is redundant. */
export function* redundantPatterns(
  list: readonly TextAt[] | null,
  what: string,
  fold: (text: string) => string,
): Iterable<RuleFinding> {
  if (list === null || list.length < 2) return;
  const gone = new Set<string>();
  for (const [index, item] of list.entries()) {
    const cover = list.find(
      (other, at) =>
        at !== index &&
        !gone.has(other.pointer) &&
        coversPattern(fold(other.text), fold(item.text)) &&
        (fold(other.text) !== fold(item.text) || at < index),
    );
    if (cover === undefined) continue;
    gone.add(item.pointer);
    yield {
      pointer: item.pointer,
      message: `the ${what} \`${item.text}\` is covered by \`${cover.text}\` already`,
      next: `remove \`${item.text}\``,
      fix: { summary: `remove \`${item.text}\``, patch: [{ op: 'remove', path: item.pointer }] },
    };
  }
}
