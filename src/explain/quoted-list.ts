/** How many values of a list a sentence names; the rest is counted. */
const namedMax = 3;

/** `a`, `a` or `b`, or the first few and a count: values of the user in backticks. Empty for an empty list. */
export function quotedList(values: readonly string[], conjunction: 'and' | 'or'): string {
  const named = values
    .slice(0, values.length === namedMax + 1 ? namedMax + 1 : namedMax)
    .map((value) => `\`${value}\``);
  const rest = values.length - named.length;
  if (rest > 0) return `${named.join(', ')} ${conjunction} ${String(rest)} more`;
  const last = named.at(-1) ?? '';
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
