/** Decimal numbers as their text, compared exactly, without the rounding of binary floating point. */
export interface Decimal {
  readonly isNegative: boolean;
  /** Without leading zeros; empty for 0. */
  readonly whole: string;
  /** Without trailing zeros. */
  readonly fraction: string;
}

/** An integer or decimal with an optional sign, no exponent; `null` for anything else. spec: IAM-COND-6 */
export function parseDecimal(text: string): Decimal | null {
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const trimmed = { whole: trimStart(whole), fraction: trimEnd(fraction) };
  const isZero = trimmed.whole === '' && trimmed.fraction === '';
  return { isNegative: sign === '-' && !isZero, ...trimmed };
}

/** Below zero, zero or above, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.isNegative !== b.isNegative) return a.isNegative ? -1 : 1;
  const size = compareSizes(a, b);
  return a.isNegative ? -size : size;
}

function compareSizes(a: Decimal, b: Decimal): number {
  return (
    a.whole.length - b.whole.length || compareTexts(a.whole, b.whole) || compareTexts(a.fraction, b.fraction)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

// Loops instead of /0+$/: that expression takes quadratic time on many zeros before another digit.
function trimStart(digits: string): string {
  let from = 0;
  while (digits[from] === '0') from++;
  return digits.slice(from);
}

function trimEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
