/**
 * Makes the safe fixes of findings in the user's own JSON: the smallest edits, everything else untouched.
 */
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parseTree,
  type Edit,
  type FormattingOptions,
} from 'jsonc-parser';
import type { FindingFix, PatchOperation } from './finding.ts';

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
  return (
    mark +
    fix.patch.reduce((current, operation) => applyEdits(current, editsOf(current, operation, at)), body)
  );
}

function editsOf(body: string, operation: PatchOperation, at: string): Edit[] {
  const path = pathOf(at + operation.path);
  if (operation.op === 'remove') return removalOf(body, path);
  return modify(body, path, operation.value, {
    // A text of one line stays one.
    ...(body.trim().includes('\n') ? { formattingOptions: formattingOf(body) } : {}),
    // A new member stands first: that is where a Version belongs.
    getInsertionIndex: () => 0,
  });
}

/** The node with the comma and the space that belong to it. (jsonc-parser's own removal lays out anew what is left.) */
function removalOf(body: string, path: readonly (string | number)[]): Edit[] {
  const root = parseTree(body);
  const value = root === undefined ? undefined : findNodeAtLocation(root, [...path]);
  const node = value?.parent?.type === 'property' ? value.parent : value;
  const container = node?.parent;
  const siblings = container?.children;
  if (node === undefined || container === undefined || siblings === undefined) return [];
  const index = siblings.indexOf(node);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  if (after !== undefined) return [cut(node.offset, after.offset)];
  if (before !== undefined) return [cut(before.offset + before.length, node.offset + node.length)];
  return [cut(container.offset + 1, container.offset + container.length - 1)];
}

function cut(from: number, to: number): Edit {
  return { offset: from, length: to - from, content: '' };
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
