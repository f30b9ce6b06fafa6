/** A policy document as JSON values, read so far that its faults can be told. Shared by the kinds of document that IAM stores. */
import { readJson } from '../../../policy/document/read-json.ts';

export type Members = Readonly<Record<string, unknown>>;

/** The document, or `null` if it is no JSON object. Duplicate members count as no JSON, as AWS has it. spec: IAMAPI-DOC-1 */
export function readMembers(text: string): Members | null {
  const read = readJson(text, { file: null });
  return read.ok && isMembers(read.source.value) ? read.source.value : null;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a list of texts as a list; `null` if it is neither. */
export function textsOf(value: unknown): readonly string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item) => typeof item === 'string') ? list : null;
}

/** One statement or a list of them as a list; `null` if one is no object. */
export function statementsOf(value: unknown): readonly Members[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every(isMembers) ? list : null;
}

export function hasDuplicates(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}
