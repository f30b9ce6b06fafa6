/** RFC 6902 operations made in the text of a YAML document: comments, order and style of all else stay. */
import { isCollection, isMap, isPair, isScalar, isSeq, parseDocument, stringify, type Node } from 'yaml';
import type { PatchOperation } from '../lint/finding.ts';
import { stepsOf } from '../delivery/fix/policy-edit.ts';

/**
 * @param place where a new member of a block mapping stands
 * @returns `null` where the text has no such place, or it stands behind an alias
 */
export function editYaml(
  text: string,
  operation: PatchOperation,
  place: 'first' | 'last' = 'last',
): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  if (operation.op === 'remove') return removed(text, document.contents, stepsOf(operation.path));
  const steps = stepsOf(operation.path);
  const node = nodeAt(document.contents, steps);
  const parent = nodeAt(document.contents, steps.slice(0, -1));
  const last = steps.at(-1);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (node !== null && (operation.op === 'replace' || last === undefined || isMap(parent)))
    return replaced(text, node, operation.value, eol);
  if (last === undefined || parent === null) return null;
  if (!isCollection(parent) || parent.range == null) return null;
  const [start, end] = parent.range;
  if (parent.flow === true) {
    const item = isSeq(parent) ? inFlow(operation.value) : `${inFlow(last)}: ${inFlow(operation.value)}`;
    const inner = text.slice(start + 1, end - 1);
    const kept = inner.trimEnd();
    const space = inner.slice(kept.length);
    const content = kept.trim() === '' ? item : `${kept}${kept.endsWith(',') ? '' : ','} ${item}${space}`;
    return text.slice(0, start + 1) + content + text.slice(end - 1);
  }
  const indent = ' '.repeat(columnOf(text, start));
  const block = isSeq(parent)
    ? stringify([operation.value], { lineWidth: 0 })
    : typeof operation.value === 'string'
      ? `${inFlow(last)}: ${inFlow(operation.value)}`
      : stringify({ [last]: operation.value }, { lineWidth: 0 });
  const lines = block
    .trimEnd()
    .split('\n')
    .map((line) => indent + line);
  if (place === 'first')
    return `${text.slice(0, start)}${lines.join(eol).trimStart()}${eol}${indent}${text.slice(start)}`;
  // The last line of the collection, with the comment that may end it.
  const lastChar = start + text.slice(start, end).trimEnd().length;
  const lineEnd = text.indexOf('\n', lastChar);
  const at = lineEnd === -1 ? text.length : lineEnd;
  const head = text.slice(0, at).replace(/\r$/, '');
  return `${head}${eol}${lines.join(eol)}${text.slice(head.length)}`;
}

function replaced(text: string, node: Node, value: unknown, eol: string): string | null {
  if (node.range == null) return null;
  const [start, end] = node.range;
  const old = text.slice(start, end);
  const kept = old.trimEnd();
  // `Statement:` of a single block mapping that becomes a list.
  if (
    Array.isArray(value) &&
    value.some((item) => typeof item === 'object') &&
    isCollection(node) &&
    node.flow !== true
  ) {
    const indent = ' '.repeat(columnOf(text, start));
    const lines = stringify(value, { lineWidth: 0 }).trimEnd().split('\n');
    return text.slice(0, start) + lines.join(eol + indent) + text.slice(start + kept.length);
  }
  if (isCollection(node) && node.flow !== true) {
    // A block collection begins on a line of its own: the new value stands behind the colon.
    const head = text.slice(0, start).trimEnd();
    return `${head} ${inFlow(value)}${text.slice(start + kept.length)}`;
  }
  if (isScalar(node) && old === '') {
    const head = text.slice(0, start);
    return `${head}${/[:-]$/.test(head) ? ' ' : ''}${inFlow(value)}${text.slice(start)}`;
  }
  return text.slice(0, start) + inFlow(value) + text.slice(start + kept.length);
}

/** Without the item or member and the comment that ends its line; `null` where nothing would be left. */
function removed(text: string, contents: unknown, steps: readonly string[]): string | null {
  const parent = nodeAt(contents, steps.slice(0, -1));
  if (!isCollection(parent) || parent.items.length < 2) return null;
  const spans = parent.items.map((item) => spanOf(item));
  const index = isSeq(parent)
    ? Number(steps.at(-1))
    : parent.items.findIndex((item) => isNamed(item, steps.at(-1)));
  const [before, span, after] = [spans[index - 1], spans[index], spans[index + 1]];
  if (span == null) return null;
  if (parent.flow === true) {
    if (after != null) return text.slice(0, span.start) + text.slice(after.start);
    return before == null ? null : text.slice(0, before.end) + text.slice(span.end);
  }
  const end = span.start + text.slice(span.start, span.end).trimEnd().length;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const lead = text.slice(lineStart, span.start);
  if (isSeq(parent) ? /^[ \t]*-[ \t]+$/.test(lead) : /^[ \t]*$/.test(lead)) {
    const lineEnd = text.indexOf('\n', end);
    return text.slice(0, lineStart) + (lineEnd === -1 ? '' : text.slice(lineEnd + 1));
  }
  // The first member behind a dash: the next one takes its place. A comment on its own line is about that one.
  if (after == null || !/^[ \t]*(#[^\n]*)?\s*$/.test(text.slice(end, after.start))) return null;
  return text.slice(0, span.start) + text.slice(after.start);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf(item: unknown): Span | null {
  const [first, last] = isPair(item) ? [item.key, item.value] : [item, item];
  const start = isScalar(first) || isCollection(first) ? first.range?.[0] : undefined;
  const end = isScalar(last) || isCollection(last) ? last.range?.[1] : undefined;
  return start === undefined || end === undefined ? null : { start, end };
}

function isNamed(item: unknown, name: string | undefined): boolean {
  return isPair(item) && isScalar(item.key) && String(item.key.value) === name;
}

function nodeAt(contents: unknown, steps: readonly string[]): Node | null {
  let node: unknown = contents;
  for (const step of steps) {
    if (isSeq(node)) node = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      node = isPair(pair) ? pair.value : undefined;
    } else return null;
  }
  return isScalar(node) || isCollection(node) ? node : null;
}

/** JSON in a row, which is YAML in flow style. */
function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' &&
      /^[A-Za-z][A-Za-z0-9._:/-]*$/.test(value) &&
      !/:$|^(true|false|yes|no|on|off|null|y|n)$/i.test(value)
      ? value
      : JSON.stringify(value);
  }
  const members = Object.entries(value).map(([name, member]) => `${inFlow(name)}: ${inFlow(member)}`);
  return `{ ${members.join(', ')} }`;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
