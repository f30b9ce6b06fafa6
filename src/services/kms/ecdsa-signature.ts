/** ECDSA signatures as KMS hands them out: two numbers in DER. */

export function writeSignature(r: bigint, s: bigint): Buffer {
  return element(0x30, Buffer.concat([element(0x02, integerBytes(r)), element(0x02, integerBytes(s))]));
}

/** The two numbers, or `null` for what is no signature in its one proper form. */
export function readSignature(signature: Uint8Array): { readonly r: bigint; readonly s: bigint } | null {
  const bytes = Buffer.from(signature);
  const body = readElement(bytes, 0, 0x30);
  if (body?.end !== bytes.length) return null;
  const first = readElement(body.value, 0, 0x02);
  const second = first === null ? null : readElement(body.value, first.end, 0x02);
  if (first === null || second === null || second.end !== body.value.length) return null;
  const [r, s] = [first.value, second.value].map((value) => BigInt(`0x${value.toString('hex') || '0'}`));
  if (r === undefined || s === undefined) return null;
  return writeSignature(r, s).equals(bytes) ? { r, s } : null;
}

/** A positive number: a leading zero where the first bit would make it negative. */
function integerBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
}

/** No part of a signature is longer than 255 bytes. */
function element(tag: number, value: Buffer): Buffer {
  const head = value.length < 0x80 ? [tag, value.length] : [tag, 0x81, value.length];
  return Buffer.concat([Buffer.from(head), value]);
}

function readElement(
  bytes: Buffer,
  at: number,
  tag: number,
): { readonly value: Buffer; readonly end: number } | null {
  if (bytes[at] !== tag) return null;
  const isLong = bytes[at + 1] === 0x81;
  const length = bytes[at + (isLong ? 2 : 1)];
  if (length === undefined) return null;
  const from = at + (isLong ? 3 : 2);
  const end = from + length;
  return end > bytes.length ? null : { value: bytes.subarray(from, end), end };
}
