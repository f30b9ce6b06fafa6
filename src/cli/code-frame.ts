/** A line of the user's own text with the place marked under it. */
import type { Palette } from './palette.ts';

export interface Place {
  readonly file: string | null;
  readonly pointer: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Longer lines are cut around the place: a policy may be one line of a megabyte. */
const lineMaxColumns = 100;
const standardInput = '<stdin>';

/** `key.json:4:7  /Statement/0`: what editors and people jump to. Empty where nothing is known. */
export function placeText({ file, pointer, line, column }: Place): string {
  const at = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`;
  return `${file ?? standardInput}${at}${pointer === '' ? '' : `  ${pointer}`}`;
}

/**
 * The frame as lines, without indentation; empty where the text is not at hand.
 *
 * @param text the whole text that `place` is in
 */
export function codeFrame(place: Place, text: string | null, colours: Palette): readonly string[] {
  if (text === null || place.line === null || place.column === null) return [];
  const line = text.split('\n')[place.line - 1]?.replace(/\r$/, '');
  if (line === undefined) return [];
  const shown = excerpt(line, place.column - 1);
  const number = String(place.line);
  const gutter = ' '.repeat(number.length);
  const mark = '^'.repeat(Math.max(1, lengthOfToken(line, place.column - 1)));
  return [
    colours.frame(`${gutter} |`),
    `${colours.frame(`${number} |`)} ${shown.text}`,
    `${colours.frame(`${gutter} |`)} ${' '.repeat(shown.column)}${colours.bad(mark.slice(0, lineMaxColumns - shown.column))}`,
  ];
}

function excerpt(line: string, column: number): { readonly text: string; readonly column: number } {
  const plain = line.replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '?');
  if (plain.length <= lineMaxColumns) return { text: plain, column };
  const from = Math.max(0, Math.min(column - 20, plain.length - lineMaxColumns));
  const cut = plain.slice(from, from + lineMaxColumns);
  const before = from > 0 ? '...' : '';
  const after = from + lineMaxColumns < plain.length ? '...' : '';
  return { text: `${before}${cut}${after}`, column: column - from + before.length };
}

/** How much of the line belongs to what stands at the place: a JSON string, else a word, else one character. */
function lengthOfToken(line: string, column: number): number {
  const rest = line.slice(column);
  return (/^"(?:[^"\\]|\\.)*"/.exec(rest) ?? /^[^\s,:{}[\]"]+/.exec(rest))?.[0].length ?? 1;
}
