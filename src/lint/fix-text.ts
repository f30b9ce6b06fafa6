/**
 * Makes the safe fixes of findings in the user's own text: the smallest edits, everything else untouched. JSON only;
 * what YAML looks like is its owner's taste.
 */
import { applyEdits, modify, type FormattingOptions } from 'jsonc-parser';
import type { FindingFix } from './finding.ts';

/**
 * The text after one fix.
 *
 * @returns `null` where the text is no JSON, so that it can't be edited in place
 * @param at JSON pointer of the policy within the text; `''` where it is the text
 */
export function fixText(text: string, fix: FindingFix, at = ''): string | null {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  if (!/^\s*[{[]/.test(body)) return null;
  const formattingOptions = formattingOf(text);
  return (
    mark +
    fix.patch.reduce((current, operation) => {
      const path = pathOf(at + operation.path);
      const edits = modify(current, path, operation.op === 'remove' ? undefined : operation.value, {
        // Removing needs no layout; adding to a text of one line keeps it one line.
        ...(operation.op === 'remove' || !body.trim().includes('\n') ? {} : { formattingOptions }),
        // A new member stands first: that is where a Version belongs.
        getInsertionIndex: () => 0,
      });
      return applyEdits(current, edits);
    }, body)
  );
}

function pathOf(pointer: string): (string | number)[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** As the text is written already: its indentation and line breaks. */
function formattingOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
