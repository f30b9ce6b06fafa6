/**
 * Percent-encoding as AWS signs it: on bytes, upper-case, with only the unreserved characters left alone.
 * Each character of a text that comes from the wire is one byte.
 */

/** Decodes `%XX`; whatever is no such triple stands for itself. The result's characters are bytes. */
export function decodePercent(wireText: string): string {
  if (!wireText.includes('%')) return wireText;
  return wireText.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** The UTF-8 text behind percent-encoded wire text, or `null` if the bytes are no UTF-8. */
export function decodeUriText(wireText: string): string | null {
  return utf8Text(decodePercent(wireText));
}

/** The text of these bytes (one character each), or `null` if they are no UTF-8. */
export function utf8Text(bytes: string): string | null {
  if (isAscii(bytes)) return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
}

function isAscii(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Encodes every byte but the unreserved `A-Z a-z 0-9 - . _ ~`. spec: WIRE-SIGN-2 */
export function encodePercent(bytes: string): string {
  if (/^[A-Za-z0-9\-._~]*$/.test(bytes)) return bytes;
  return bytes.replace(
    /[^A-Za-z0-9\-._~]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
