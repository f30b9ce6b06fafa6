/**
 * Reads a setup document: text to checked values, with the place of every policy in the user's own files.
 * Does no I/O itself: files that the setup names come through `readFile`.
 * spec: SETUP-READ-1, SETUP-POLICY-1
 */
import type { Fault } from '../policy/document/fault.ts';
import type { SourceText } from '../policy/document/source-text.ts';
import { jsonMaxBytes } from '../policy/document/read-json.ts';
import { policyInAnswer } from './policy-answer.ts';
import { readDocument } from './read-document.ts';
import { loadedSetup, type ReadSetup } from './loaded-setup.ts';
import { pointerOf, policySlots, type PolicySlot, type SetupPath } from './policy-slots.ts';
import { faultAt, inTextOrder, type LocatedValue } from './schema-faults.ts';

export interface ReadSetupOptions {
  /** The setup's path as the user wrote it: paths of policies are relative to its folder. `null`: standard input. */
  readonly file: string | null;
  /**
   * The text of a file. May throw: the message becomes part of the fault, and `code` `ENOENT` is said in words.
   * Called at most once for each path.
   */
  readFile(path: string): Promise<string>;
}

/** All policy files of one setup together. */
const policyFilesMaxBytes = 16 * jsonMaxBytes;

/**
 * The setup that `text` holds, JSON or YAML. Never throws: whatever is wrong is told, all of it, in the order of the
 * text, with file, line and column.
 */
export async function readSetupText(text: string, options: ReadSetupOptions): Promise<ReadSetup> {
  const read = await readDocument(text, options.file);
  if (!read.ok) return read;
  const { source } = read;
  return readSetupValue(
    { file: source.file, value: source.value, locate: (pointer) => source.locate(pointer) },
    options,
    source,
  );
}

/**
 * As `readSetupText`, from a value whose policies may still be paths.
 *
 * @param text where the value comes from a text: the text
 */
export async function readSetupValue(
  document: LocatedValue,
  options: ReadSetupOptions,
  text: SourceText | null = null,
): Promise<ReadSetup> {
  const files = await readPolicyFiles(document, options);
  // What a slot holds is replaced before the shape is checked, so that one schema checks files and values alike.
  const complete = { ...document, value: withPolicies(document.value, files.policies) };
  const loaded = loadedSetup(complete, { text, policyFiles: files.policies });
  if (loaded.ok && files.faults.length === 0) return loaded;
  const faults = loaded.ok ? [] : loaded.faults;
  return {
    ok: false,
    faults: inTextOrder([...files.faults, ...faults.filter((fault) => !files.unread.has(fault.pointer))]),
  };
}

interface PolicyFiles {
  readonly policies: ReadonlyMap<string, { readonly path: SetupPath; readonly text: SourceText }>;
  readonly faults: readonly Fault[];
  /** Pointers of the slots whose file could not be read: what else is wrong there follows from it. */
  readonly unread: ReadonlySet<string>;
}

async function readPolicyFiles(source: LocatedValue, options: ReadSetupOptions): Promise<PolicyFiles> {
  const policies = new Map<string, { path: SetupPath; text: SourceText }>();
  const faults: Fault[] = [];
  const unread = new Set<string>();
  const known = new Map<string, SourceText | null>();
  let bytes = 0;
  for (const slot of policySlots(source.value)) {
    const path = policyPathOf(slot);
    if (path === null) continue;
    const file = beside(options.file, path);
    let text = known.get(file);
    if (text === undefined) {
      text = null;
      const fault = await readInto(file, (read) => {
        bytes += read.text.length;
        text = read;
      });
      known.set(file, text);
      if (fault !== null)
        faults.push(...fault.map((f) => (f.file === null ? faultAt(source, slot.path, f) : f)));
      if (bytes > policyFilesMaxBytes) {
        faults.push(faultAt(source, slot.path, tooMuch));
        break;
      }
    }
    if (text === null) unread.add(pointerOf(slot.path));
    else policies.set(slot.source, { path: slot.path, text });
  }
  return { policies, faults, unread };

  /** `null`, or the faults; those with `file: null` belong to the place that names the file. */
  async function readInto(file: string, use: (source: SourceText) => void): Promise<readonly Fault[] | null> {
    let text: string;
    try {
      text = await options.readFile(file);
    } catch (error) {
      return [notReadable(file, error)];
    }
    const read = await readDocument(text, file);
    if (!read.ok) return read.faults;
    const answer = policyInAnswer(read.source);
    if (answer?.ok === false) return answer.faults;
    use(answer?.source ?? read.source);
    return null;
  }
}

/** The path that stands in a slot instead of a policy; `null` where there is none. */
function policyPathOf(slot: PolicySlot): string | null {
  if (typeof slot.value !== 'string' || slot.value === '') return null;
  return slot.type === 'boundary' && slot.value.startsWith('arn:') ? null : slot.value;
}

/** `path` as seen from where the setup's own path is seen. */
function beside(setupFile: string | null, path: string): string {
  if (setupFile === null || /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  const folder = /^.*[/\\]/.exec(setupFile)?.[0] ?? '';
  return withoutDetours(folder + path);
}

/** `examples/a/../b/key.json` as `examples/b/key.json`: what is shown, people open. */
function withoutDetours(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    const before = steps.at(-1);
    if (step === '.') continue;
    if (step === '..' && before !== undefined && before !== '..' && before !== '') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}

function withPolicies(value: unknown, policies: PolicyFiles['policies']): unknown {
  if (policies.size === 0) return value;
  const copy: unknown = structuredClone(value);
  for (const { path, text } of policies.values()) {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, part) => (at as Record<string | number, unknown>)[part], copy);
    // The slot was found at this path, so its parent is an object or an array.
    (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = text.value;
  }
  return copy;
}

const tooMuch = {
  code: 'document-too-large',
  message: `the policy files together have more than ${policyFilesMaxBytes} characters`,
  next: 'remove what this delivery has nothing to do with',
};

function notReadable(file: string, error: unknown): Fault {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
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
    message: `the policy file \`${file}\` can't be read: ${why}`,
    next: 'write the policy itself, or the path of its file relative to the setup',
    file: null,
    pointer: '',
    line: null,
    column: null,
  };
}
