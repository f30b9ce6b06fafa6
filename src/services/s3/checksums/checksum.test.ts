import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { ChecksumName } from '../ports.ts';
import { checksumNames, checksumOf, newChecksum } from './checksum.ts';

// spec: S3-SUM-1
describe('checksums of objects', () => {
  it.each<[ChecksumName, string, string]>([
    ['CRC32', '123456789', 'cbf43926'],
    ['CRC32C', '123456789', 'e3069283'],
    ['CRC64NVME', '123456789', 'ae8b14860a799888'],
    ['SHA1', '', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ])('%s of %j is what its definition says', (name, text, hex) => {
    expect(Buffer.from(checksumOf(name, Buffer.from(text))).toString('hex')).toBe(hex);
  });

  it.each<[ChecksumName, string]>([
    ['CRC32', 'KHcEKQ=='],
    ['CRC64NVME', 'Kr7StX/uFlQ='],
  ])('%s of what AWS was recorded with is what AWS answered', (name, base64) => {
    expect(Buffer.from(checksumOf(name, Buffer.from('test-sse'))).toString('base64')).toBe(base64);
  });

  it('a checksum does not depend on how the bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(300),
        fc.constantFrom(...checksumNames),
        (bytes, cut, name) => {
          const running = newChecksum(name);
          running.update(bytes.subarray(0, cut));
          running.update(bytes.subarray(cut));
          expect(running.digest()).toEqual(checksumOf(name, bytes));
        },
      ),
    );
  });
});
