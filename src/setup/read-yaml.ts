/**
 * YAML with the place of each node. The `yaml` library is loaded only when a YAML document is read: most setups are
 * JSON, and `check` should start at once.
 * spec: SETUP-YAML-1
 */
import type * as yaml from 'yaml';
import type { Fault } from '../policy/document/fault.ts';
import { jsonMaxDepth } from '../policy/document/read-json.ts';
import { inTextOrder } from './schema-faults.ts';
import type { SourceText } from '../policy/document/source-text.ts';

/** An alias may repeat what it names; together not more often than this, or a few lines could grow to gigabytes. */
export const yamlAliasMax = 100;

/**
 * Reads one YAML document (1.2, core schema: no timestamps, no merge keys). Never throws.
 *
 * @returns the value with its places, or every fault
 */
export async function readYaml(
  text: string,
  file: string | null,
): Promise<
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly faults: readonly Fault[] }
> {
  const library = await import('yaml');
  const lines = new library.LineCounter();
  try {
    if (opensWithoutEnd(text)) return { ok: false, faults: [resourceFault(new RangeError(), file)] };
    const document = library.parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: true,
      prettyErrors: false,
      version: '1.2',
      merge: false,
    });
    // The reader of YAML ran out of stack, and what it says of the rest is an echo.
    const overflow = document.errors.find(({ message }) => isStackOverflow(message));
    if (overflow !== undefined) return { ok: false, faults: [overflowFault(overflow, lines, file)] };
    const faults = [
      ...document.errors.map((error) => syntaxFault(error, lines, file)),
      ...document.warnings.map((warning) => syntaxFault(warning, lines, file)),
      ...nodeFaults(library, document, lines, file),
    ];
    if (faults.length > 0) return { ok: false, faults: inTextOrder(faults) };
    const value: unknown = document.toJS({ maxAliasCount: yamlAliasMax });
    return { ok: true, source: { file, text, value, locate: locator(library, document, lines) } };
  } catch (error) {
    return { ok: false, faults: [resourceFault(error, file)] };
  }
}

/** Brackets upon brackets, which the reader of YAML takes long to refuse. Nobody writes two hundred in a row. */
export function opensWithoutEnd(text: string): boolean {
  const run = /(?:[[{]\s*){200}/;
  // What stands in quotes is a text, however many brackets it has.
  return run.test(text) && run.test(text.replaceAll(/'[^'\n]*'|"[^"\n]*"/g, ''));
}

/** What an engine says of a recursion without end. */
export function isStackOverflow(message: string): boolean {
  return /call stack|stack overflow/i.test(message);
}

function overflowFault(
  { pos: [offset] }: Pick<yaml.YAMLError, 'pos'>,
  lines: yaml.LineCounter,
  file: string | null,
): Fault {
  const { line, col } = lines.linePos(offset);
  return {
    code: 'document-too-deep',
    message: `objects and arrays stand in each other more than ${jsonMaxDepth} levels deep`,
    next: 'no setup and no policy needs that; look for a slip in the indentation',
    file,
    pointer: '',
    line,
    column: col,
  };
}

function syntaxFault(
  error: Pick<yaml.YAMLError, 'code' | 'message' | 'pos'>,
  lines: yaml.LineCounter,
  file: string | null,
): Fault {
  const { line, col } = lines.linePos(error.pos[0]);
  const place = { file, pointer: '', line, column: col };
  if (error.code === 'DUPLICATE_KEY') {
    return {
      code: 'duplicate-member',
      message: 'a member stands twice in one object',
      next: 'remove one of the two: readers differ in which of them counts',
      ...place,
    };
  }
  if (error.code === 'TAG_RESOLVE_FAILED') {
    return {
      code: 'yaml-tag',
      message: `a YAML tag stands before a value: ${lowerFirst(error.message)}`,
      next: 'write the value itself: tags (`!Sub`, `!Ref`) are not resolved here',
      ...place,
    };
  }
  return {
    code: 'not-yaml',
    message: `this is not YAML: ${lowerFirst(error.message)}`,
    next: null,
    ...place,
  };
}

/** What YAML allows and a setup doesn't: keys that are no text, `__proto__`, too many levels. */
function nodeFaults(
  library: typeof yaml,
  document: yaml.Document.Parsed,
  lines: yaml.LineCounter,
  file: string | null,
): readonly Fault[] {
  const faults: Fault[] = [];
  const add = (node: unknown, fault: Pick<Fault, 'code' | 'message' | 'next'>) => {
    const range = library.isNode(node) ? node.range : null;
    const { line, col } = lines.linePos(range?.[0] ?? 0);
    faults.push({ ...fault, file, pointer: '', line, column: col });
  };
  let isTooDeep = false;
  library.visit(document, {
    Pair(_, pair) {
      const key: unknown = pair.key;
      if (!library.isScalar(key)) {
        add(key, {
          code: 'not-yaml',
          message: 'a key is an object or an array',
          next: 'write a name as the key',
        });
      } else if (key.value === '__proto__') {
        add(key, {
          code: 'forbidden-member',
          message: '`__proto__` is not a member of any document here',
          next: 'remove it',
        });
      }
    },
    Collection(_, node, path) {
      // Pairs stand in the path beside their collections.
      if (isTooDeep || path.filter((parent) => library.isCollection(parent)).length < jsonMaxDepth)
        return undefined;
      isTooDeep = true;
      add(node, {
        code: 'document-too-deep',
        message: `objects and arrays stand in each other more than ${jsonMaxDepth} levels deep`,
        next: 'no setup and no policy needs that; look for a slip in the indentation',
      });
      return library.visit.BREAK;
    },
  });
  return faults;
}

/** The library refuses alias bombs and runs out of stack on very deep text; both by exceptions. */
function resourceFault(error: unknown, file: string | null): Fault {
  const place = { file, pointer: '', line: 1, column: 1 };
  if (error instanceof RangeError) {
    return {
      code: 'document-too-deep',
      message: `objects and arrays stand in each other more than ${jsonMaxDepth} levels deep`,
      next: 'no setup and no policy needs that; look for a slip in the indentation',
      ...place,
    };
  }
  const isAlias = error instanceof ReferenceError;
  return {
    code: isAlias ? 'too-many-aliases' : 'not-yaml',
    message: isAlias
      ? `aliases (\`*name\`) repeat more than ${yamlAliasMax} nodes, or name none`
      : `this is not YAML: ${error instanceof Error ? lowerFirst(error.message) : 'it cannot be read'}`,
    next: isAlias ? 'write the value out where it is needed' : null,
    ...place,
  };
}

function locator(
  library: typeof yaml,
  document: yaml.Document.Parsed,
  lines: yaml.LineCounter,
): SourceText['locate'] {
  return (pointer) => {
    let node: unknown = document.contents;
    // A member's place is its key's; an element's and the whole document's is the value's.
    let place: unknown = node;
    for (const part of partsOf(pointer)) {
      if (library.isAlias(node)) node = node.resolve(document);
      if (library.isMap(node)) {
        const pair = node.items.find((item) => library.isScalar(item.key) && String(item.key.value) === part);
        if (pair === undefined) return null;
        node = pair.value;
        place = pair.value ?? pair.key;
      } else if (library.isSeq(node)) {
        node = node.items[Number(part)];
        place = node;
      } else {
        return null;
      }
    }
    if (!library.isNode(place) || place.range == null) return null;
    const [start, end] = place.range;
    const { line, col } = lines.linePos(start);
    return { line, column: col, offset: start, length: end - start };
  };
}

function partsOf(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lowerFirst(text: string): string {
  const [line = ''] = text.split('\n');
  return line.slice(0, 1).toLowerCase() + line.slice(1);
}
