/** The checksums that S3 knows, computed while the bytes pass. spec: S3-SUM-1 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ChecksumName } from '../ports.ts';
import { crc32c } from './crc32c.ts';
import { crc64Nvme } from './crc64-nvme.ts';

export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  /** Big-endian bytes. */
  digest(): Uint8Array;
}

export const checksumNames: readonly ChecksumName[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];

export const checksumBytes: Readonly<Record<ChecksumName, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** A checksum of no bytes yet. */
export function newChecksum(name: ChecksumName): RunningChecksum {
  switch (name) {
    case 'CRC32':
      return crc(crc32);
    case 'CRC32C':
      return crc(crc32c);
    case 'CRC64NVME':
      return crc64Nvme();
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(name.toLowerCase());
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
    }
  }
}

export function checksumOf(name: ChecksumName, bytes: Uint8Array): Uint8Array {
  const running = newChecksum(name);
  running.update(bytes);
  return running.digest();
}

function crc(step: (bytes: Uint8Array, value: number) => number): RunningChecksum {
  let value = 0;
  return {
    update: (bytes) => (value = step(bytes, value)),
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}
