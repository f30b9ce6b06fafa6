/**
 * The text of a template, JSON or YAML. The short forms of YAML (`!Sub`, `!GetAtt`) become the long ones, and every
 * node keeps its place.
 * spec: INPUT-CFN-1
 */
import type * as yaml from 'yaml';
import type { Fault } from '../../../policy/document/fault.ts';
import { readJson } from '../../../policy/document/read-json.ts';
import type { SourceText } from '../../../policy/document/source-text.ts';
import { isStackOverflow, opensWithoutEnd } from '../../read-yaml.ts';

export type ReadTemplateText =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Far above CloudFormation's own limit of 1 MB, as CDK's come without it. */
export const templateMaxBytes = 8 * 1_048_576;

const yamlAliasMax = 1000;
const yamlMaxDepth = 100;

/** Reads one template. Never throws. */
export async function readTemplateText(text: string, file: string | null): Promise<ReadTemplateText> {
  const isJson = /^\uFEFF?\s*\{/.test(text);
  if (isJson) {
    const read = readJson(text, { file, maxBytes: templateMaxBytes, maxDepth: yamlMaxDepth });
    if (read.ok || file === null || !/\.ya?ml$/i.test(file)) return read;
  }
  if (text.length > templateMaxBytes) {
    return {
      ok: false,
      faults: [
        fault(
          'document-too-large',
          `the template has more than ${templateMaxBytes} bytes`,
          'name one that CloudFormation would take',
          file,
          1,
          1,
        ),
      ],
    };
  }
  if (text.includes('\u0000')) {
    return {
      ok: false,
      faults: [
        fault(
          'not-a-template',
          'this is no text',
          'name a CloudFormation template, JSON or YAML',
          file,
          1,
          1,
        ),
      ],
    };
  }
  if (opensWithoutEnd(text)) {
    const message = `objects and arrays stand more than ${yamlMaxDepth} deep in one another`;
    return { ok: false, faults: [fault('document-too-deep', message, 'flatten the template', file, 1, 1)] };
  }
  return readYamlTemplate(text.replace(/^\uFEFF/, ''), file);
}

async function readYamlTemplate(text: string, file: string | null): Promise<ReadTemplateText> {
  const library = await import('yaml');
  const lines = new library.LineCounter();
  try {
    const document = library.parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: true,
      prettyErrors: false,
      version: '1.2',
      merge: true,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      const isDeep = document.errors.some(({ message }) => isStackOverflow(message));
      const code = isDeep ? 'document-too-deep' : 'not-yaml';
      const message = isDeep
        ? `objects and arrays stand more than ${yamlMaxDepth} deep in one another`
        : `this is not YAML: ${error.message.split('\n')[0] ?? ''}`;
      return {
        ok: false,
        faults: [fault(code, message, isDeep ? 'flatten the template' : null, file, line, col)],
      };
    }
    let visited = 0;
    const value = valueOf(document.contents, 0);
    return { ok: true, source: { file, text, value, locate: (pointer) => locate(pointer) } };

    function valueOf(node: unknown, depth: number): unknown {
      if (depth > yamlMaxDepth)
        throw new RangeError(`objects and arrays stand more than ${yamlMaxDepth} deep in one another`);
      // An alias is walked again each time: what repeats without end is a bomb.
      if (library.isAlias(node)) {
        if (++visited > yamlAliasMax) throw new RangeError(`aliases repeat more than ${yamlAliasMax} nodes`);
        return valueOf(node.resolve(document), depth + 1);
      }
      const plain = plainOf(node, depth);
      const long = longForm(node);
      if (long === null) return plain;
      return { [long]: long === 'Fn::GetAtt' && typeof plain === 'string' ? splitAttribute(plain) : plain };
    }

    function plainOf(node: unknown, depth: number): unknown {
      if (library.isMap(node)) {
        return Object.fromEntries(
          node.items.flatMap((pair) => {
            const key: unknown = pair.key;
            const name = library.isScalar(key) ? textOf(key) : String(key);
            if (name === '__proto__') throw new RangeError('`__proto__` is not a member of any template');
            return name === '<<' ? [] : [[name, valueOf(pair.value, depth + 1)]];
          }),
        );
      }
      if (library.isSeq(node)) return node.items.map((item) => valueOf(item, depth + 1));
      return library.isScalar(node) ? scalarOf(node) : null;
    }

    function locate(pointer: string): ReturnType<SourceText['locate']> {
      const parts =
        pointer === ''
          ? []
          : pointer
              .slice(1)
              .split('/')
              .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
      let node: unknown = document.contents;
      for (const part of parts) {
        if (library.isAlias(node)) node = node.resolve(document);
        if (longForm(node) === part) continue;
        const child: unknown = library.isMap(node)
          ? node.items.find((item) => library.isScalar(item.key) && textOf(item.key) === part)?.value
          : library.isSeq(node)
            ? node.items[Number(part)]
            : undefined;
        if (!library.isNode(child)) break;
        node = child;
      }
      if (!library.isNode(node) || node.range == null) return null;
      const [start, end] = node.range;
      const { line, col } = lines.linePos(start);
      return { line, column: col, offset: start, length: end - start };
    }
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it cannot be read';
    return {
      ok: false,
      faults: [
        fault(
          'not-a-template',
          `this is no template: ${isStackOverflow(message) ? 'it nests without end' : message}`,
          'name a template that CloudFormation would take',
          file,
          1,
          1,
        ),
      ],
    };
  }
}

/** `!Sub` is `Fn::Sub`; `!Ref` and `!Condition` stand without the prefix. */
function longForm(node: unknown): string | null {
  const tag = typeof node === 'object' && node !== null && 'tag' in node ? node.tag : undefined;
  if (typeof tag !== 'string' || !/^![A-Z]/.test(tag)) return null;
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

function splitAttribute(text: string): readonly string[] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function textOf(scalar: yaml.Scalar): string {
  return scalar.source ?? String(scalar.value);
}

/** A number with a leading zero is an account ID that nobody quoted. */
function scalarOf(scalar: yaml.Scalar): unknown {
  if (typeof scalar.value === 'number' && /^0\d+$/.test(scalar.source ?? '')) return scalar.source;
  return scalar.value;
}

function fault(
  code: string,
  message: string,
  next: string | null,
  file: string | null,
  line: number,
  column: number,
): Fault {
  return { code, message, next, file, pointer: '', line, column };
}
