/**
 * Blobs as files of one folder. A blob is written beside its place, synchronised, and renamed into it, so that a
 * file under its own name is always whole.
 * spec: STORE-20, STORE-21
 */
import { mkdir, open, opendir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { assertBlobName, BlobMissing, type Blobs } from '../../services/blobs.ts';

/** Suffix of a blob that is being written. No blob name ends in it, since names hold no `~`. */
const partial = '~';

/** A reader holds at most so much of a blob at a time. */
const readChunkBytes = 256 * 1024;

/**
 * The blobs in this folder; makes it if it is not there. Removes what a crash left half-written, so the folder must
 * belong to this process (the lock on the store beside it sees to that).
 */
export async function openFileBlobs(folder: string): Promise<Blobs> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for await (const entry of await opendir(folder)) {
    if (entry.name.endsWith(partial)) await rm(join(folder, entry.name), { force: true });
  }
  return new FileBlobs(folder);
}

class FileBlobs implements Blobs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(name: string, stream: AsyncIterable<Uint8Array>): Promise<number> {
    const file = this.#fileOf(name);
    const unfinished = file + partial;
    // `wx`: of two writers of one name the second fails here, and leaves the first's file alone.
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      const byteCount = await writeDurably(handle, stream);
      await rename(unfinished, file);
      await syncFolder(this.#folder);
      return byteCount;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async *read(
    name: string,
    range?: { readonly start: number; readonly end: number },
  ): AsyncIterable<Uint8Array> {
    const handle = await openExisting(this.#fileOf(name), name);
    try {
      let position = range?.start ?? 0;
      const end = range?.end ?? Infinity;
      while (position < end) {
        const buffer = Buffer.allocUnsafe(Math.min(readChunkBytes, end - position));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  }

  async delete(name: string): Promise<void> {
    await rm(this.#fileOf(name), { force: true });
  }

  async *names(): AsyncIterable<string> {
    for await (const entry of await opendir(this.#folder)) {
      if (entry.isFile() && !entry.name.endsWith(partial)) yield entry.name;
    }
  }

  #fileOf(name: string): string {
    assertBlobName(name);
    return join(this.#folder, name);
  }
}

async function writeDurably(handle: FileHandle, stream: AsyncIterable<Uint8Array>): Promise<number> {
  try {
    let byteCount = 0;
    for await (const chunk of stream) {
      await writeWhole(handle, chunk);
      byteCount += chunk.length;
    }
    await handle.sync();
    return byteCount;
  } finally {
    await handle.close();
  }
}

/** A write may take less than it was given, when the disk is nearly full for one. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += (await handle.write(chunk, written)).bytesWritten;
  }
}

/** The name is durable only when the folder that lists it is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openExisting(file: string, name: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new BlobMissing(`there is no blob ${name}`, { cause: error });
    }
    throw error;
  }
}
