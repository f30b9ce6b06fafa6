/**
 * RFC 6902 operations made in the text of a JSON document: only what changes is written, laid out as its surroundings.
 */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { PatchOperation } from '../lint/finding.ts';
import { stepsOf } from '../delivery/fix/policy-edit.ts';

/** @returns `null` where the text has no such place */
export function editJson(text: string, operation: PatchOperation): string | null {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const root = parseTree(body);
  if (root === undefined || operation.op === 'remove') return null;
  const steps = stepsOf(operation.path);
  const last = steps.at(-1);
  const node = nodeAt(root, steps);
  const style = styleOf(body);
  if (
    node !== null &&
    (operation.op === 'replace' || last === undefined || node.parent?.type === 'property')
  ) {
    return (
      mark +
      spliced(
        body,
        node.offset,
        node.length,
        printed(operation.value, indentAt(body, node.offset), style, isOneLine(body, node)),
      )
    );
  }
  const container = nodeAt(root, steps.slice(0, -1));
  if (last === undefined || container === null) return null;
  const before = container.children?.at(-1);
  const isRow = before === undefined ? style.unit === '' : isOneLine(body, container);
  const indent =
    indentAt(body, before?.offset ?? container.offset) + (before === undefined ? style.unit : '');
  const value = printed(operation.value, indent, style, isRow);
  const item = container.type === 'object' ? `${JSON.stringify(last)}: ${value}` : value;
  if (before === undefined) {
    const inner = isRow
      ? item
      : `${style.eol}${indent}${item}${style.eol}${indentAt(body, container.offset)}`;
    return mark + spliced(body, container.offset + 1, container.length - 2, inner);
  }
  return (
    mark + spliced(body, before.offset + before.length, 0, `,${isRow ? ' ' : style.eol + indent}${item}`)
  );
}

interface Style {
  readonly unit: string;
  readonly eol: string;
}

function nodeAt(root: Node, steps: readonly string[]): Node | null {
  let node: Node | undefined = root;
  for (const step of steps) {
    node =
      node === undefined
        ? undefined
        : findNodeAtLocation(node, [node.type === 'array' ? Number(step) : step]);
  }
  return node ?? null;
}

/** `unit` is empty where the whole document is one line. */
function styleOf(text: string): Style {
  return {
    unit: text.trim().includes('\n') ? (/\n([ \t]+)\S/.exec(text)?.[1] ?? '  ') : '',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function isOneLine(text: string, { offset, length }: Node): boolean {
  return !text.slice(offset, offset + length).includes('\n');
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

const rowMax = 100;

/** Lists of texts stay in a row where the author wrote rows and they are short; objects have a line a member. */
function printed(value: unknown, indent: string, style: Style, isRow: boolean): string {
  if (style.unit === '') return inRow(value);
  const isFlat =
    typeof value !== 'object' ||
    value === null ||
    (Array.isArray(value) && value.every((item) => typeof item !== 'object'));
  if (isFlat && isRow && inRow(value).length + indent.length <= rowMax) return inRow(value);
  return JSON.stringify(value, null, style.unit).replaceAll('\n', style.eol + indent);
}

function inRow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inRow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inRow(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function spliced(text: string, offset: number, length: number, content: string): string {
  return text.slice(0, offset) + content + text.slice(offset + length);
}
