/** JavaScript's `<` compares UTF-16 units, which differs above U+FFFF; `localeCompare` follows the machine's language. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
