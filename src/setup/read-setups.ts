/**
 * A document that holds one setup or an array of them, as a server with several recorders is exported.
 * spec: SETUP-READ-3
 */
import type { Fault } from '../policy/document/fault.ts';
import type { SourceText } from '../policy/document/source-text.ts';
import type { LoadedSetup, ReadSetup } from './loaded-setup.ts';
import { pointerOf } from './policy-slots.ts';
import { readDocument } from './read-document.ts';
import { readSetupValue, type ReadSetupOptions } from './read-setup.ts';

/** As `readSetupText`, for each setup of the document, in its order; a document that can't be read is one failure. */
export async function readSetupsText(text: string, options: ReadSetupOptions): Promise<readonly ReadSetup[]> {
  const read = await readDocument(text, options.file);
  if (!read.ok) return [read];
  const { source } = read;
  if (!Array.isArray(source.value)) {
    const { file, value } = source;
    return [
      await readSetupValue({ file, value, locate: (pointer) => source.locate(pointer) }, options, source),
    ];
  }
  const values: readonly unknown[] = source.value;
  if (values.length === 0) return [{ ok: false, faults: [noSetup(source)] }];
  const setups: ReadSetup[] = [];
  for (const [i, value] of values.entries())
    setups.push(await readItem(value, `/${String(i)}`, source, options));
  return setups;
}

async function readItem(
  value: unknown,
  at: string,
  source: SourceText,
  options: ReadSetupOptions,
): Promise<ReadSetup> {
  const locate = (pointer: string) => source.locate(at + pointer);
  const read = await readSetupValue({ file: source.file, value, locate }, options);
  return read.ok ? { ok: true, setup: withText(read.setup, at, source) } : read;
}

/** Policies that stand in the array itself are found in its text. */
function withText(setup: LoadedSetup, at: string, text: SourceText): LoadedSetup {
  const policySources = new Map(
    [...setup.policySources].map(([place, policy]) => {
      if (policy.text !== null) return [place, policy];
      const textPointer = at + pointerOf(policy.slot.path);
      const locate = (pointer: string) => text.locate(textPointer + pointer);
      return [place, { ...policy, text, textPointer, locate }];
    }),
  );
  return { ...setup, policySources };
}

function noSetup({ file, locate }: SourceText): Fault {
  const place = locate('');
  return {
    code: 'empty-document',
    message: 'the list holds no setup',
    next: 'write a setup, or a list of setups',
    file,
    pointer: '',
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}
