/**
 * A baseline: findings that were there when the project began to check, each by what it says and not by its line, so
 * that an edit elsewhere in the file does not bring it back. New findings are told; mended ones can be pruned.
 * spec: LINT-SUPPRESS-4
 */
import { dirname, relative, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Finding } from '../../lint/finding.ts';
import type { Fault } from '../../policy/document/fault.ts';
import { readDocument } from '../../setup/read-document.ts';
import { checkAgainst } from '../../setup/schema-faults.ts';
import { CliFault, type CliInput } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import type { ProjectSuppression } from './project-suppression.ts';

const text = z.string().check(z.minLength(1));

export const baselineSchema = z.strictObject({
  $schema: z.optional(z.string()),
  schemaVersion: z.literal(1),
  findings: z.array(
    z.strictObject({ code: text, file: z.nullable(text), source: z.optional(text), message: text }),
  ),
});

type BaselineEntry = z.infer<typeof baselineSchema>['findings'][number];

/** What is asked about a baseline. */
export interface BaselineWish {
  readonly file: string;
  /** `update`: hold what is found now; `prune`: forget what is found no more. */
  readonly change: 'update' | 'prune' | null;
}

export interface Baseline extends BaselineWish {
  readonly suppressions: readonly ProjectSuppression[];
  /** The text of the baseline that holds these findings, once for each setup at most, and of the old entries those kept. */
  textWith(findings: readonly (readonly Finding[])[], kept: readonly ProjectSuppression[]): string;
}

export type ReadBaseline =
  | { readonly ok: true; readonly baseline: Baseline | null }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly text: string };

/** @throws {CliFault} what doesn't go together */
export function baselineWish(input: CliInput): BaselineWish | null {
  const file = input.text('baseline');
  const isUpdated = input.has('update-baseline');
  const isPruned = input.has('prune-baseline');
  if (file === null && (isUpdated || isPruned)) {
    const option = isUpdated ? '--update-baseline' : '--prune-baseline';
    throw new CliFault({
      code: 'command-line',
      message: `\`${option}\` stands without \`--baseline\``,
      next: 'name the file with `--baseline FILE`',
    });
  }
  if (file === null) return null;
  return { file, change: isUpdated ? 'update' : isPruned ? 'prune' : null };
}

/** @throws {CliFault} there is no such file, and it is not to be written */
export async function readBaseline(wish: BaselineWish | null, terminal: Terminal): Promise<ReadBaseline> {
  if (wish === null) return { ok: true, baseline: null };
  const content = await textOf(wish, terminal);
  if (content === null) return { ok: true, baseline: baselineOf(wish, [], () => null) };
  const read = await readDocument(content, wish.file);
  if (!read.ok) return { ok: false, faults: read.faults, text: content };
  const checked = checkAgainst(baselineSchema, read.source, 'the baseline');
  if (!checked.ok) return { ok: false, faults: checked.faults, text: content };
  return {
    ok: true,
    baseline: baselineOf(wish, checked.value.findings, (pointer) => read.source.locate(pointer)),
  };
}

async function textOf({ file, change }: BaselineWish, terminal: Terminal): Promise<string | null> {
  try {
    return await terminal.readText(file);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && change === 'update') return null;
    throw new CliFault({
      code: 'baseline-not-readable',
      message: `the baseline \`${file}\` can't be read: ${isMissing ? 'there is no such file' : error instanceof Error ? error.message : 'no reason given'}`,
      next: 'make it with `--update-baseline`, or leave `--baseline` out',
    });
  }
}

/** @throws {CliFault} the file can't be written */
export async function writeBaseline(file: string, content: string, terminal: Terminal): Promise<void> {
  try {
    await terminal.writeText(file, content);
  } catch (error) {
    throw new CliFault({
      code: 'output-not-writable',
      message: `the baseline can't be written to \`${file}\`: ${error instanceof Error ? error.message : 'writing failed'}`,
      next: 'name a file in a folder that exists',
    });
  }
  terminal.err(`wrote \`${file}\`\n`);
}

function baselineOf(
  wish: BaselineWish,
  entries: readonly BaselineEntry[],
  locate: (pointer: string) => { readonly line: number; readonly column: number } | null,
): Baseline {
  const home = dirname(resolve(wish.file));
  const pathOf = (file: string | null): string | null =>
    file === null ? null : relative(home, resolve(file)).replaceAll('\\', '/');
  const entryOf = ({ code, file, source, message }: Finding): BaselineEntry =>
    file === null ? { code, file, source, message } : { code, file: pathOf(file), message };
  const suppressions = entries.map((entry, index): ProjectSuppression => {
    const pointer = `/findings/${String(index)}`;
    const place = locate(pointer);
    return {
      code: entry.code,
      reason: `it stands in the baseline ${wish.file}`,
      kind: 'external',
      isForOne: true,
      place: { file: wish.file, pointer, line: place?.line ?? null, column: place?.column ?? null },
      isAbout: (file) => entry.file === pathOf(file),
      covers: (finding) => keyOf(entryOf(finding)) === keyOf(entry),
    };
  });
  const writtenOf = new Map(suppressions.map((suppression, i) => [suppression, entries[i]]));
  return {
    ...wish,
    suppressions,
    textWith: (findings, kept) => {
      const old = kept.flatMap((suppression) => writtenOf.get(suppression) ?? []);
      const written = [...old, ...mostOfEach(findings.map((list) => list.map(entryOf)))].toSorted((a, b) =>
        keyOf(a) < keyOf(b) ? -1 : 1,
      );
      return `${JSON.stringify({ schemaVersion: 1, findings: written }, null, 2)}\n`;
    },
  };
}

/** A policy that two setups share is found once in each of them, and stands in the baseline once. */
function mostOfEach(lists: readonly (readonly BaselineEntry[])[]): readonly BaselineEntry[] {
  const most = new Map<string, readonly BaselineEntry[]>();
  for (const list of lists) {
    for (const [key, same] of Map.groupBy(list, keyOf)) {
      if (same.length > (most.get(key)?.length ?? 0)) most.set(key, same);
    }
  }
  return [...most.values()].flat();
}

function keyOf({ code, file, source, message }: BaselineEntry): string {
  return JSON.stringify([file, code, file === null ? source : null, message]);
}
