/** The root key of a data folder: `root.key`, readable by its owner alone. */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRootKey, rootKeyBytes } from './root-key.ts';
import { AppNotStarted } from './app-not-started.ts';

const fileName = 'root.key';

/**
 * The folder's root key; made now where the folder is new.
 *
 * @param isNew whether nothing in the folder is encrypted yet
 * @throws {AppNotStarted} the file is missing or is no root key: what is stored cannot be read without it
 */
export async function folderRootKey(
  folder: string,
  isNew: boolean,
  random: (length: number) => Uint8Array,
): Promise<Uint8Array> {
  const path = join(folder, fileName);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new AppNotStarted(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)}): give this user access to it, or choose another folder with --data`,
      { cause: error },
    );
  });
  if (text !== null) {
    const key = parseRootKey(text.trim());
    if (key !== null) return key;
    throw new AppNotStarted(
      `${path} does not hold a root key: put the one back that the folder was made with, or begin a new folder with --data`,
    );
  }
  if (!isNew)
    throw new AppNotStarted(
      `${path} is missing, and what the folder holds is encrypted under it: put it back, or begin a new folder with --data`,
    );
  return makeRootKey(path, random(rootKeyBytes));
}

/** Whole or not at all: a half-written root key would lock everything away. */
async function makeRootKey(path: string, key: Uint8Array): Promise<Uint8Array> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${Buffer.from(key).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return key;
}
