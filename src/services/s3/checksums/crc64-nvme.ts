/**
 * CRC-64/NVME, reflected, eight bytes at a time, in halves of 32 bits since BigInt would be far slower.
 * spec: S3-SUM-1
 */
import type { RunningChecksum } from './checksum.ts';

const polynomial = 0x9a6c9329ac4bc9b5n;

/** Table k holds the checksum of a byte followed by k zero bytes: the lower halves, then the upper ones. */
const lowTables: readonly Int32Array[] = Array.from({ length: 8 }, () => new Int32Array(256));
const highTables: readonly Int32Array[] = Array.from({ length: 8 }, () => new Int32Array(256));
let isBuilt = false;

/** A checksum of no bytes yet. */
export function crc64Nvme(): RunningChecksum {
  if (!isBuilt) buildTables();
  let low = ~0;
  let high = ~0;
  const [l0, l1, l2, l3, l4, l5, l6, l7] = lowTables as Tables;
  const [h0, h1, h2, h3, h4, h5, h6, h7] = highTables as Tables;
  return {
    update(bytes) {
      let at = 0;
      for (const end = bytes.length - 7; at < end; at += 8) {
        const a =
          low ^
          (byteAt(bytes, at) |
            (byteAt(bytes, at + 1) << 8) |
            (byteAt(bytes, at + 2) << 16) |
            (byteAt(bytes, at + 3) << 24));
        const b =
          high ^
          (byteAt(bytes, at + 4) |
            (byteAt(bytes, at + 5) << 8) |
            (byteAt(bytes, at + 6) << 16) |
            (byteAt(bytes, at + 7) << 24));
        const [a0, a1, a2, a3] = [a & 0xff, (a >>> 8) & 0xff, (a >>> 16) & 0xff, a >>> 24];
        const [b0, b1, b2, b3] = [b & 0xff, (b >>> 8) & 0xff, (b >>> 16) & 0xff, b >>> 24];
        low =
          entry(l7, a0) ^
          entry(l6, a1) ^
          entry(l5, a2) ^
          entry(l4, a3) ^
          entry(l3, b0) ^
          entry(l2, b1) ^
          entry(l1, b2) ^
          entry(l0, b3);
        high =
          entry(h7, a0) ^
          entry(h6, a1) ^
          entry(h5, a2) ^
          entry(h4, a3) ^
          entry(h3, b0) ^
          entry(h2, b1) ^
          entry(h1, b2) ^
          entry(h0, b3);
      }
      for (; at < bytes.length; at++) {
        const index = (low ^ byteAt(bytes, at)) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ entry(l0, index);
        high = (high >>> 8) ^ entry(h0, index);
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeInt32BE(~high, 0);
      bytes.writeInt32BE(~low, 4);
      return bytes;
    },
  };
}

type Tables = readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

function buildTables(): void {
  const first = Array.from({ length: 256 }, (_, byte) => {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ polynomial : crc >> 1n;
    return crc;
  });
  let current = first;
  for (let k = 0; k < 8; k++) {
    current.forEach((crc, byte) => {
      lowTables[k]?.set([Number(BigInt.asIntN(32, crc))], byte);
      highTables[k]?.set([Number(BigInt.asIntN(32, crc >> 32n))], byte);
    });
    current = current.map((crc) => (crc >> 8n) ^ (first[Number(crc & 0xffn)] ?? 0n));
  }
  isBuilt = true;
}

function entry(table: Int32Array, index: number): number {
  return table[index] ?? 0;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
