/**
 * Blobs in memory: the readable model. Nothing survives the process.
 * spec: STORE-20, STORE-21
 */
import { assertBlobName, BlobMissing, type Blobs } from '../../services/blobs.ts';

export function openMemoryBlobs(): Blobs {
  const blobs = new Map<string, Uint8Array>();
  return {
    async write(name, stream) {
      assertBlobName(name);
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(Uint8Array.from(chunk));
      const bytes = Buffer.concat(chunks);
      blobs.set(name, bytes);
      return bytes.length;
    },
    async *read(name, range) {
      const bytes = blobs.get(name);
      if (bytes === undefined) throw new BlobMissing(`there is no blob ${name}`);
      const part = bytes.subarray(range?.start ?? 0, range?.end ?? bytes.length);
      if (part.length > 0) yield Uint8Array.from(part);
    },
    async delete(name) {
      blobs.delete(name);
    },
    async *names() {
      yield* [...blobs.keys()];
    },
  };
}
