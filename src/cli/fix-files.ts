/** A fix in the user's own files: the texts after it, and differences that show them as they are written. */
import { isDeepStrictEqual } from 'node:util';
import { newRolePolicyName, patched } from '../delivery/fix/policy-edit.ts';
import { unifiedDiff } from '../delivery/fix/unified-diff.ts';
import type { PolicyChange, SmallestFix } from '../delivery/report.ts';
import type { PatchOperation } from '../lint/finding.ts';
import type { LoadedSetup } from '../setup/loaded-setup.ts';
import { pointerOf, type SetupPath } from '../setup/policy-slots.ts';
import { readDocument } from '../setup/read-document.ts';

export interface FileFix {
  /** The fix, with differences of the files where they can be edited in place. */
  readonly fix: SmallestFix;
  /** The new text of each file that changes. */
  readonly files: ReadonlyMap<string, string>;
  /** Changes that no text was found for: targets. */
  readonly unwritten: readonly string[];
}

export async function fixFiles(
  fix: SmallestFix,
  loaded: LoadedSetup,
  textOf: (file: string) => string | null,
): Promise<FileFix> {
  const files = new Map<string, string>();
  const unwritten: string[] = [];
  const changes: PolicyChange[] = [];
  for (const change of fix.changes) {
    const { file, target } = change;
    const before = file === null ? null : (files.get(file) ?? textOf(file));
    const after = before === null || file === null ? null : await edited(before, file, change, loaded);
    if (before === null || after === null || file === null) {
      unwritten.push(target);
      changes.push(change);
      continue;
    }
    files.set(file, after);
    changes.push({ ...change, unifiedDiff: unifiedDiff(before, after, file) });
  }
  return { fix: { ...fix, changes }, files, unwritten };
}

/** The text after the change; `null` where editing in place did not come to what the patch says. */
async function edited(
  text: string,
  file: string,
  change: PolicyChange,
  loaded: LoadedSetup,
): Promise<string | null> {
  const held = loaded.policySources.get(change.target);
  // The policy was put together from something else: there is no text of it.
  if (held?.text === null) return null;
  const start = await readDocument(text, file);
  if (!start.ok) return null;
  const operations = inText(change, loaded, start.source.value);
  const isJson = isJsonText(text);
  const edit = isJson ? (await import('./edit-json.ts')).editJson : (await import('./edit-yaml.ts')).editYaml;
  let current: string | null = text;
  for (const operation of operations) current = current === null ? null : edit(current, operation);
  if (current === null) return null;
  const read = await readDocument(current, file);
  const wanted = patched(start.source.value, operations);
  return read.ok && isDeepStrictEqual(plain(read.source.value), plain(wanted)) ? current : null;
}

/** Braces begin YAML's flow style too. */
function isJsonText(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** The change's operations as seen from the document that holds the policy. */
function inText(
  { target, patch }: PolicyChange,
  loaded: LoadedSetup,
  document: unknown,
): readonly PatchOperation[] {
  const held = loaded.policySources.get(target);
  if (held !== undefined)
    return patch.map((operation) => ({ ...operation, path: held.textPointer + operation.path }));
  const path: SetupPath = target
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return patch.flatMap((operation): readonly PatchOperation[] => {
    if (operation.op === 'remove' || operation.path !== '') return [];
    // A role's first policy comes with its name.
    if (path.at(-1) === 'document') {
      const value = { name: newRolePolicyName, document: operation.value };
      return [{ op: 'add', path: `${pointerOf(path.slice(0, -2))}/-`, value }];
    }
    return [{ op: has(document, path) ? 'replace' : 'add', path: pointerOf(path), value: operation.value }];
  });
}

function has(document: unknown, path: SetupPath): boolean {
  let at = document;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return true;
}

/** Without prototypes, in which readers differ. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
