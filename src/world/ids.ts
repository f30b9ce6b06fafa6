/** UUIDs and tokens out of random bytes. */
export interface Tokens {
  newUuid(): string;
  newToken(length: number, alphabet: string): string;
}

export function tokens(randomBytes: (length: number) => Uint8Array): Tokens {
  return {
    newUuid: () => uuidOf(randomBytes(16)),
    newToken: (length, alphabet) => {
      // Bytes at or above the last multiple of the alphabet's size would favour its first characters.
      const fair = 256 - (256 % alphabet.length);
      let token = '';
      while (token.length < length) {
        for (const byte of randomBytes(Math.min(length - token.length + 8, 64)))
          if (byte < fair && token.length < length) token += alphabet[byte % alphabet.length] ?? '';
      }
      return token;
    },
  };
}

/** A version-4 UUID (RFC 9562) with these random bits. */
function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, i) => {
    const value = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  });
  const part = (from: number, to: number): string => hex.slice(from, to).join('');
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${part(8, 10)}-${part(10, 16)}`;
}
