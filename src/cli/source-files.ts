/** The files of the user that were read, so that frames can show their lines without reading them again. */
import type { Terminal } from './terminal.ts';

export interface SourceFiles {
  /** Reads a file once. Throws as node:fs does. */
  read(path: string): Promise<string>;
  /** What was read, or `null`. `null` as a file is standard input. */
  textOf(file: string | null): string | null;
  /** Every file that was read, as the user wrote it. */
  names(): readonly string[];
}

export function sourceFiles(terminal: Terminal): SourceFiles {
  const texts = new Map<string, string>();
  return {
    read: async (path) => {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const text = await terminal.readText(path);
      texts.set(path, text);
      return text;
    },
    textOf: (file) => texts.get(file ?? '-') ?? null,
    names: () => [...texts.keys()],
  };
}
