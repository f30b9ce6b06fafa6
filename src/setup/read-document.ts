/**
 * Text that is JSON or YAML, whichever it is: by the file's name, else by how it begins.
 * spec: SETUP-READ-2
 */
import { jsonMaxBytes, readJson } from '../policy/document/read-json.ts';
import type { Fault } from '../policy/document/fault.ts';
import type { SourceText } from '../policy/document/source-text.ts';

export type ReadDocument =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads one document. A byte order mark and CRLF are fine, and so is JSON in a file named for YAML. Never throws.
 *
 * @param file the name for messages; `null` for standard input
 */
export async function readDocument(text: string, file: string | null): Promise<ReadDocument> {
  if (/^\uFEFF?\s*$/.test(text)) return { ok: false, faults: [empty(file)] };
  const isNamedYaml = file !== null && /\.ya?ml$/i.test(file);
  const isNamedJson = file !== null && /\.json[c5]?$/i.test(file);
  const beginsAsJson = /^\uFEFF?\s*[{[]/.test(text);
  if (isNamedJson || (beginsAsJson && !isNamedYaml)) return readJson(text, { file });
  // Braces begin YAML's flow style too, but what is JSON is read as JSON: its messages are the better ones.
  const asJson = beginsAsJson ? readJson(text, { file }) : null;
  if (asJson?.ok === true) return asJson;
  if (new TextEncoder().encode(text).length > jsonMaxBytes) return { ok: false, faults: [tooLarge(file)] };
  const { readYaml } = await import('./read-yaml.ts');
  return readYaml(text.replace(/^\uFEFF/, ''), file);
}

function tooLarge(file: string | null): Fault {
  return {
    code: 'document-too-large',
    message: `the document has more than ${jsonMaxBytes} bytes`,
    next: 'put its policies into files of their own and write their paths',
    file,
    pointer: '',
    line: 1,
    column: 1,
  };
}

function empty(file: string | null): Fault {
  return {
    code: 'empty-document',
    message: 'the document is empty',
    next: 'write a JSON or YAML object',
    file,
    pointer: '',
    line: 1,
    column: 1,
  };
}
