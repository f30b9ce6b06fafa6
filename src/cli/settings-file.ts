/**
 * The settings of a project, `sealpost.config.json` or `.yaml`: the nearest one in the folder or above it. It holds
 * what findings the project lives with, and why.
 */
import { dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Fault } from '../policy/document/fault.ts';
import { readDocument } from '../setup/read-document.ts';
import { checkAgainst } from '../setup/schema-faults.ts';
import { CliFault } from './command.ts';
import type { Terminal } from './terminal.ts';

const text = z.string().check(z.minLength(1));

/** The settings as they stand in the file; schema/settings.schema.json is made of it. */
export const settingsSchema = z.strictObject({
  $schema: z.optional(z.string()),
  suppressions: z.optional(
    z.array(
      z.strictObject({
        code: text,
        path: z.optional(text),
        source: z.optional(text),
        pointer: z.optional(z.string()),
        reason: text,
      }),
    ),
  ),
});

const names = ['sealpost.config.json', 'sealpost.config.yaml', 'sealpost.config.yml'] as const;

export type SettingsSuppression = NonNullable<z.infer<typeof settingsSchema>['suppressions']>[number];

export interface SettingsFile {
  readonly file: string;
  readonly text: string;
  /** Patterns of path (relative to the settings file), source and pointer; an absent one: any. */
  readonly suppressions: readonly SettingsSuppression[];
  locate(pointer: string): { readonly line: number; readonly column: number } | null;
  /** A file as the settings write it: relative to their own folder, with slashes. */
  relativePath(file: string): string;
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: SettingsFile | null }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly text: string | null };

/**
 * The settings that apply in `folder`. `given`: the path of a file instead of looking for one, `null` to look.
 *
 * @throws {CliFault} the given file can't be read
 */
export async function readSettings(
  terminal: Terminal,
  folder: string,
  given: string | null,
): Promise<ReadSettings> {
  const found = given === null ? await nearest(terminal, folder) : await named(terminal, given);
  if (found === null) return { ok: true, settings: null };
  const { file, content } = found;
  const read = await readDocument(content, file);
  if (!read.ok) return { ok: false, faults: read.faults, text: content };
  const checked = checkAgainst(settingsSchema, read.source, 'the settings');
  if (!checked.ok) return { ok: false, faults: checked.faults, text: content };
  const home = dirname(resolve(folder, file));
  return {
    ok: true,
    settings: {
      file,
      text: content,
      suppressions: checked.value.suppressions ?? [],
      locate: (pointer) => read.source.locate(pointer),
      relativePath: (path) => relative(home, resolve(folder, path)).replaceAll('\\', '/'),
    },
  };
}

interface Found {
  readonly file: string;
  readonly content: string;
}

async function named(terminal: Terminal, file: string): Promise<Found> {
  try {
    return { file, content: await terminal.readText(file) };
  } catch (error) {
    throw new CliFault({
      code: 'settings-not-readable',
      message: `the settings file \`${file}\` can't be read: ${error instanceof Error ? error.message : 'no reason given'}`,
      next: 'write the path of a file, or leave `--config` out',
    });
  }
}

async function nearest(terminal: Terminal, folder: string): Promise<Found | null> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    for (const name of names) {
      const content = await textIfAny(terminal, join(at, name));
      if (content !== null) return { file: relative(folder, join(at, name)) || name, content };
    }
    if (dirname(at) === at) return null;
  }
}

async function textIfAny(terminal: Terminal, path: string): Promise<string | null> {
  try {
    return await terminal.readText(path);
  } catch {
    // Mostly there is none; one that can't be read is no setting of ours to insist on.
    return null;
  }
}
