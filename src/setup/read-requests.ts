/**
 * Reads requests for `sealpost evaluate`: one object, an array of them, or JSON Lines.
 * spec: SETUP-EVAL-5
 */
import type { Fault } from '../policy/document/fault.ts';
import { jsonMaxBytes, readJson } from '../policy/document/read-json.ts';
import { readDocument } from './read-document.ts';
import type { LocatedValue } from './schema-faults.ts';

/** Of one file of JSON Lines; each line may have as much as a document. */
const linesMaxBytes = 64 * jsonMaxBytes;

export type ReadRequests =
  | {
      readonly ok: true;
      readonly requests: readonly LocatedValue[];
      /** Whether the answer is a list: also where it holds one request only. */
      readonly isList: boolean;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The requests that `text` holds, unchecked. Never throws. */
export async function readRequests(text: string, file: string | null): Promise<ReadRequests> {
  if ((file !== null && /\.(?:jsonl|ndjson)$/i.test(file)) || looksLikeLines(text)) {
    return readLines(text, file);
  }
  const read = await readDocument(text, file);
  if (!read.ok) return read;
  const { source } = read;
  if (!Array.isArray(source.value)) {
    const { value } = source;
    return {
      ok: true,
      isList: false,
      requests: [{ file, value, locate: (pointer) => source.locate(pointer) }],
    };
  }
  const requests = source.value.map((value: unknown, i) => ({
    file,
    value,
    locate: (pointer: string) => source.locate(`/${i}${pointer}`),
  }));
  return { ok: true, isList: true, requests };
}

/** Whether the first two lines that hold something are objects each: one document can't begin like this. */
function looksLikeLines(text: string): boolean {
  const [first, second] = text
    .slice(0, jsonMaxBytes)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    first !== undefined &&
    second !== undefined &&
    [first, second].every((line) => /^\uFEFF?\{.*\}$/.test(line))
  );
}

function readLines(text: string, file: string | null): ReadRequests {
  if (text.length > linesMaxBytes) {
    const message = `the requests have more than ${linesMaxBytes} characters`;
    const place = { file, pointer: '', line: 1, column: 1 };
    return { ok: false, faults: [{ code: 'document-too-large', message, next: 'split the file', ...place }] };
  }
  const requests: LocatedValue[] = [];
  const faults: Fault[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readJson(line, { file });
    if (read.ok) {
      const { value } = read.source;
      const locate = (pointer: string) => {
        const place = read.source.locate(pointer);
        return place === null ? null : { line: i + 1, column: place.column };
      };
      requests.push({ file, value, locate });
    } else {
      faults.push(...read.faults.map((fault) => ({ ...fault, line: i + 1 })));
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, isList: true, requests };
}
