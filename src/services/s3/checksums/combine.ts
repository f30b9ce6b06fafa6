/**
 * The CRC of two stretches of bytes from the CRCs of each: how an object in parts gets a checksum of the whole
 * without being read again.
 * spec: S3-SUM-5
 */
import type { ChecksumName } from '../ports.ts';

/** Reflected polynomials. */
const polynomials = {
  CRC32: { bits: 32n, polynomial: 0xedb88320n },
  CRC32C: { bits: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
} as const satisfies Partial<Record<ChecksumName, { bits: bigint; polynomial: bigint }>>;

export type CombinableName = keyof typeof polynomials;

export function isCombinable(name: ChecksumName): name is CombinableName {
  return name in polynomials;
}

/** The checksum, in base64, of the parts one behind the other. */
export function combineChecksums(
  name: CombinableName,
  parts: readonly { readonly value: string; readonly sizeBytes: number }[],
): string {
  const { bits } = polynomials[name];
  let whole = 0n;
  for (const { value, sizeBytes } of parts) {
    const crc = BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`);
    whole = multiply(name, whole, powerOfX(name, BigInt(sizeBytes) * 8n)) ^ crc;
  }
  const hex = whole.toString(16).padStart(Number(bits) / 4, '0');
  return Buffer.from(hex, 'hex').toString('base64');
}

/** x to the power `exponent`, modulo the polynomial. */
function powerOfX(name: CombinableName, exponent: bigint): bigint {
  const { bits } = polynomials[name];
  let result = 1n << (bits - 1n);
  let square = 1n << (bits - 2n);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(name, result, square);
    square = multiply(name, square, square);
  }
  return result;
}

/** The product of two polynomials in reflected bits (the highest bit is the power 0), modulo the polynomial. */
function multiply(name: CombinableName, a: bigint, b: bigint): bigint {
  const { bits, polynomial } = polynomials[name];
  let product = 0n;
  let shifted = b;
  for (let bit = bits - 1n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}
