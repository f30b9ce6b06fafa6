/**
 * Reads the XML that AWS's REST clients send: elements, attributes, text. No document types, so no entities but
 * XML's own five, no external references and nothing that grows while it is read.
 */

export interface XmlElement {
  /** Without its namespace prefix, except `xsi:`. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text of this element itself, entities undone. */
  readonly text: string;
}

/** The text is no XML of the kind that is read here. */
export class XmlMalformed extends Error {
  override readonly name = 'XmlMalformed';
}

/** Elements nested deeper than this are no document of AWS's. */
const xmlMaxDepth = 64;

/**
 * The root element.
 *
 * @throws {XmlMalformed} not well-formed, a document type, or too deep
 */
export function parseXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const start = text.indexOf('<', at);
    addText(open, text.slice(at, start === -1 ? text.length : start));
    if (start === -1) break;
    if (text.startsWith('<!--', start)) {
      at = after(text, '-->', start + 4);
    } else if (text.startsWith('<![CDATA[', start)) {
      at = after(text, ']]>', start + 9);
      const innermost = open.at(-1);
      if (!innermost) throw new XmlMalformed('text outside the root');
      innermost.text += text.slice(start + 9, at - 3);
    } else if (text.startsWith('<?', start)) {
      at = after(text, '?>', start + 2);
    } else if (text.startsWith('<!', start)) {
      throw new XmlMalformed('a document type');
    } else if (text.startsWith('</', start)) {
      at = after(text, '>', start + 2);
      const element = open.pop();
      if (element?.tag !== text.slice(start + 2, at - 1).trimEnd()) throw new XmlMalformed('a stray end tag');
      root = close(element, open, root);
    } else {
      const { tag, attributes, isEmpty, next } = readStartTag(text, start + 1);
      if (open.length >= xmlMaxDepth) throw new XmlMalformed('nested too deep');
      const element = { tag, attributes, children: [], text: '' };
      if (isEmpty) root = close(element, open, root);
      else open.push(element);
      at = next;
    }
  }
  if (open.length > 0 || root === null) throw new XmlMalformed('an element does not end');
  return root;
}

interface OpenElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

function close(
  element: OpenElement,
  open: readonly OpenElement[],
  root: XmlElement | null,
): XmlElement | null {
  const closed: XmlElement = {
    name: localName(element.tag),
    attributes: element.attributes,
    children: element.children,
    text: element.text,
  };
  const parent = open.at(-1);
  if (parent) {
    parent.children.push(closed);
    return root;
  }
  if (root !== null) throw new XmlMalformed('a second root');
  return closed;
}

function addText(open: readonly OpenElement[], raw: string): void {
  const innermost = open.at(-1);
  if (innermost) innermost.text += decodeEntities(raw);
  else if (raw.trim() !== '') throw new XmlMalformed('text outside the root');
}

const namePattern = /[A-Za-z_][\w.:-]*/y;
const attributePattern = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEndPattern = /\s*(\/?)>/y;

function readStartTag(
  text: string,
  start: number,
): {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEmpty: boolean;
  readonly next: number;
} {
  const tag = matchAt(namePattern, text, start);
  if (!tag) throw new XmlMalformed('a tag without a name');
  const attributes = new Map<string, string>();
  let at = start + tag[0].length;
  for (let match = matchAt(attributePattern, text, at); match; match = matchAt(attributePattern, text, at)) {
    attributes.set(match[1] ?? '', decodeEntities(match[2] ?? match[3] ?? ''));
    at += match[0].length;
  }
  const end = matchAt(tagEndPattern, text, at);
  if (!end) throw new XmlMalformed('a tag does not end');
  return { tag: tag[0], attributes, isEmpty: end[1] === '/', next: at + end[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw new XmlMalformed(`no ${mark}`);
  return at + mark.length;
}

function localName(tag: string): string {
  return tag.slice(tag.lastIndexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (whole, hex, decimal, name) => {
    if (typeof hex === 'string' || typeof decimal === 'string') {
      const point = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
      if (point > 0x10ffff) throw new XmlMalformed('a character that does not exist');
      return String.fromCodePoint(point);
    }
    const character = typeof name === 'string' && Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (character === undefined) throw new XmlMalformed(`an entity ${whole}`);
    return character;
  });
}
