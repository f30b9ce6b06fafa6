/** RFC 6902 operations made in the text of a YAML document: comments, order and style of all else stay. */
import { isCollection, isMap, isPair, isScalar, isSeq, parseDocument, stringify, type Node } from 'yaml';
import type { PatchOperation } from '../lint/finding.ts';
import { stepsOf } from '../delivery/fix/policy-edit.ts';

/** @returns `null` where the text has no such place, or it stands behind an alias */
export function editYaml(text: string, operation: PatchOperation): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0 || operation.op === 'remove') return null;
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
    : stringify({ [last]: operation.value }, { lineWidth: 0 });
  const lines = block
    .trimEnd()
    .split('\n')
    .map((line) => indent + line);
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
