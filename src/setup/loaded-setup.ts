/**
 * A setup that was read and checked, with the place of each of its policies: what compiling starts from.
 * spec: SETUP-READ-1
 */
import type { PolicySource } from '../policy/decision.ts';
import type { Fault } from '../policy/document/fault.ts';
import { parsePolicy, type PolicyObservation } from '../policy/document/parse-policy.ts';
import type { PolicyDocument } from '../policy/document/policy-document.ts';
import type { SourceText } from '../policy/document/source-text.ts';
import { duplicateEntries } from './duplicate-entries.ts';
import { pointerOf, policySlots, type PolicySlot, type SetupPath } from './policy-slots.ts';
import { checkAgainst, inTextOrder, type LocatedValue } from './schema-faults.ts';
import { setupSchema, type Setup } from './schema.ts';

export interface LoadedSetup {
  /** Every policy is a value here, whether it stood in the setup or in a file of its own. */
  readonly setup: Setup;
  readonly file: string | null;
  /** By the place in the setup: `keys[0].policy`. */
  readonly policySources: ReadonlyMap<string, LoadedPolicy>;
  /** What was filled in because nobody said it, in words for a report; empty for a setup document. */
  readonly assumed: readonly string[];
  /** Where the node of the setup at this JSON pointer stands; `null` where there is no text. */
  locate(pointer: string): { readonly line: number; readonly column: number } | null;
}

/** One policy of a setup, parsed, and where it stands in the user's text. */
export interface LoadedPolicy extends PolicySource {
  readonly slot: PolicySlot;
  readonly document: PolicyDocument;
  readonly observations: readonly PolicyObservation[];
  /** The text that holds the policy as it is; `null` for a value given to the library, and for one that was put together. */
  readonly text: SourceText | null;
  /** Where in `text` the policy begins: `''` in a file of its own, `/keys/0/policy` within the setup. */
  readonly textPointer: string;
}

export type ReadSetup =
  | { readonly ok: true; readonly setup: LoadedSetup }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Where the text of a setup and of its policy files is at hand. */
export interface SetupTexts {
  /** `null`: the setup itself has none. */
  readonly text: SourceText | null;
  readonly policyFiles: ReadonlyMap<string, { readonly path: SetupPath; readonly text: SourceText }>;
}

/**
 * A setup from a plain value, as the library takes it: policies are objects, places have no line.
 *
 * @returns the setup, or every fault
 */
export function setupFromValue(
  value: unknown,
):
  | { readonly ok: true; readonly setup: LoadedSetup }
  | { readonly ok: false; readonly faults: readonly Fault[] } {
  return loadedSetup({ file: null, value, locate: () => null }, null);
}

/** Checks `document`, whose policies are values, and notes where each of them stands. */
export function loadedSetup(
  document: LocatedValue,
  texts: SetupTexts | null,
):
  | { readonly ok: true; readonly setup: LoadedSetup }
  | { readonly ok: false; readonly faults: readonly Fault[] } {
  const checked = checkAgainst(setupSchema, document, 'the setup');
  const policySources = new Map<string, LoadedPolicy>();
  const faults: Fault[] = checked.ok ? [] : [...checked.faults];
  for (const slot of policySlots(document.value)) {
    if (!isPolicy(slot.value)) continue;
    const source = policySource(slot, document, texts);
    const { text, textPointer, file } = source;
    const parsed = parsePolicy(slot.value, {
      type: slot.type,
      at: textPointer,
      file,
      locate: (pointer) => (text ?? document).locate(pointer),
    });
    if (parsed.ok) {
      const { policy, observations } = parsed;
      policySources.set(slot.source, { ...source, document: policy, observations });
    } else faults.push(...parsed.faults);
  }
  if (checked.ok) faults.push(...duplicateEntries(checked.value, document));
  if (!checked.ok || faults.length > 0) return { ok: false, faults: inTextOrder(faults) };
  const { file } = document;
  const locate = (pointer: string) => document.locate(pointer);
  return { ok: true, setup: { setup: checked.value, file, policySources, assumed: [], locate } };
}

function isPolicy(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function policySource(
  slot: PolicySlot,
  document: LocatedValue,
  texts: SetupTexts | null,
): Omit<LoadedPolicy, 'document' | 'observations'> {
  const ownFile = texts?.policyFiles.get(slot.source)?.text;
  const text = ownFile ?? texts?.text ?? null;
  const textPointer = ownFile === undefined ? pointerOf(slot.path) : '';
  const origin = ownFile === undefined ? (document.originOf?.(textPointer) ?? null) : null;
  return {
    source: slot.source,
    label: origin === null ? slot.label : `${slot.label} (${origin.address})`,
    file: ownFile?.file ?? origin?.file ?? document.file,
    locate: (pointer) => (text ?? document).locate(textPointer + pointer),
    slot,
    text,
    textPointer,
  };
}
