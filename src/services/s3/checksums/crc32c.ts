/** CRC-32C (Castagnoli), reflected, four bytes at a time. spec: S3-SUM-1 */
const polynomial = 0x82f63b78;

/** Table k holds the checksum of a byte followed by k zero bytes. */
const tables = buildTables();
const [t0, t1, t2, t3] = tables;

/** The checksum of these bytes after those that gave `value`; 0 to begin with. */
export function crc32c(bytes: Uint8Array, value: number): number {
  let crc = ~value;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^=
      byteAt(bytes, at) |
      (byteAt(bytes, at + 1) << 8) |
      (byteAt(bytes, at + 2) << 16) |
      (byteAt(bytes, at + 3) << 24);
    crc =
      entry(t3, crc & 0xff) ^
      entry(t2, (crc >>> 8) & 0xff) ^
      entry(t1, (crc >>> 16) & 0xff) ^
      entry(t0, crc >>> 24);
  }
  for (; at < bytes.length; at++) crc = entry(t0, (crc ^ byteAt(bytes, at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function buildTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  const next = (table: Int32Array) => table.map((crc) => entry(first, crc & 0xff) ^ (crc >>> 8));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}

function entry(table: Int32Array, index: number): number {
  return table[index] ?? 0;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
