/** Cuts an expression into its words, each with its place. spec: CFG-QUERY-1 */
import { configErrors } from '../errors.ts';
import type { Place } from './expression.ts';

export type Token =
  /** A keyword, a function or the path of a property: which of them, the parser knows. */
  | { readonly kind: 'word'; readonly text: string; readonly at: Place }
  | { readonly kind: 'text'; readonly value: string; readonly at: Place }
  | { readonly kind: 'number'; readonly value: number; readonly at: Place }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: Place }
  | { readonly kind: 'end'; readonly at: Place };

const forms = [
  ['space', /\s+/y],
  ['word', /[A-Za-z_][\w-]*(?:\.[\w-]+)*/y],
  ['text', /'(?:[^']|'')*'/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w.])/y],
  ['symbol', /<=|>=|!=|[=<>(),*]/y],
] as const;

/** Ends with the one token `end`. @throws InvalidExpressionException where no word begins */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const place = placeCounter(expression);
  let offset = 0;
  while (offset < expression.length) {
    const at = place(offset);
    const found = matchAt(expression, offset);
    if (found === null) throw syntaxError(at);
    const [form, text] = found;
    if (form === 'text') tokens.push({ kind: form, value: text.slice(1, -1).replaceAll("''", "'"), at });
    else if (form === 'number') tokens.push({ kind: form, value: Number(text), at });
    else if (form !== 'space') tokens.push({ kind: form, text, at });
    offset += text.length;
  }
  return [...tokens, { kind: 'end', at: place(expression.length) }];
}

export function syntaxError({ line, column }: Place): Error {
  return configErrors.syntaxError({ line: String(line), column: String(column) });
}

function matchAt(expression: string, offset: number): readonly [(typeof forms)[number][0], string] | null {
  for (const [form, pattern] of forms) {
    pattern.lastIndex = offset;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined) return [form, text];
  }
  return null;
}

/** Places of offsets that only grow. */
function placeCounter(expression: string): (offset: number) => Place {
  let [counted, line, column] = [0, 1, 1];
  return (offset) => {
    for (const character of expression.slice(counted, offset)) {
      column = character === '\n' ? 1 : column + 1;
      if (character === '\n') line++;
    }
    counted = offset;
    return { line, column };
  };
}
