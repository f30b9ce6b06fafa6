/** The setups that a file or standard input holds: one, or an array of them as `sealpost export` prints it. */
import type { ReadSetup } from '../../../setup/loaded-setup.ts';
import { readSetupsText } from '../../../setup/read-setups.ts';
import type { SourceFiles } from '../../source-files.ts';
import type { CheckSource } from './check-sources.ts';

export async function setupFileSources(name: string, files: SourceFiles): Promise<readonly CheckSource[]> {
  const setups = await readFile(name, files);
  return setups.map((read, i) => ({
    name: setups.length === 1 ? name : `${name} [${String(i)}]`,
    read: () => Promise.resolve(read),
  }));
}

async function readFile(name: string, files: SourceFiles): Promise<readonly ReadSetup[]> {
  let text: string;
  try {
    text = await files.read(name);
  } catch (error) {
    return [{ ok: false, faults: [unreadable(name, error)] }];
  }
  return readSetupsText(text, {
    file: name === '-' ? null : name,
    readFile: (path) => files.read(path),
  });
}

function unreadable(name: string, error: unknown): Extract<ReadSetup, { ok: false }>['faults'][number] {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const why =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EISDIR'
        ? 'it is a folder'
        : code === 'EACCES'
          ? 'permission is denied'
          : error instanceof Error
            ? error.message
            : 'reading failed';
  return {
    code: 'file-not-readable',
    message: `the setup \`${name}\` can't be read: ${why}`,
    next: 'name a file that holds a setup, JSON or YAML',
    file: name,
    pointer: '',
    line: null,
    column: null,
  };
}
