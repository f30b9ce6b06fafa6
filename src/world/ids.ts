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
function uuidOf(random: Uint8Array): string {
  const bytes = Buffer.from(random);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
