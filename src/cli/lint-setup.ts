/** Findings of a document with one setup or several for `sealpost lint`, and its safe fixes, in whichever file a policy stands. */
import { check, missingForCheck } from '../delivery/check.ts';
import type { Finding } from '../lint/finding.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import type { Fault } from '../policy/document/fault.ts';
import { compileSetup } from '../setup/compile-setup.ts';
import type { LoadedSetup, ReadSetup } from '../setup/loaded-setup.ts';
import { readSetupsText } from '../setup/read-setups.ts';
import { storedText } from '../setup/stored-text.ts';
import { authorizationFor } from './authorization-for.ts';
import { fixedText } from './fixed-text.ts';
import { fixesMax, type LintedFile } from './linted-file.ts';
import type { Terminal } from './terminal.ts';

/**
 * Lints the policies of each setup; where it can be checked, knowing the delivery that they are for.
 *
 * @param texts what was read, by the name that findings have; `null` for standard input
 */
export async function lintSetup(
  content: string,
  path: string,
  { isFixing }: { readonly isFixing: boolean },
  terminal: Terminal,
  texts: Map<string | null, string>,
): Promise<LintedFile> {
  const file = path === '-' ? null : path;
  const changed = new Map<string, string>();
  const fixed: string[] = [];
  const read = async () =>
    lintedSetups(
      await readSetupsText((file === null ? undefined : changed.get(file)) ?? content, {
        file,
        readFile: async (name) => {
          const text = changed.get(name) ?? (await terminal.readText(name));
          texts.set(name, text);
          return text;
        },
      }),
      terminal,
    );
  let linted = await read();
  if (!linted.ok) return linted;
  while (isFixing && file !== null && fixed.length < fixesMax) {
    const next = await firstFix(linted.setups);
    if (next === null) break;
    changed.set(next.file, next.text);
    const again = await read();
    // A text that would not be read again is left as it was.
    if (!again.ok) return again;
    fixed.push(next.summary);
    linted = again;
  }
  for (const [name, text] of changed) {
    await terminal.writeText(name, text);
    texts.set(name, text);
  }
  return { ok: true, findings: linted.setups.flatMap(({ findings }) => findings), fixed };
}

interface LintedSetup {
  readonly setup: LoadedSetup;
  readonly findings: readonly Finding[];
}

/** Every setup with its findings, or what is wrong with any of them. */
async function lintedSetups(
  read: readonly ReadSetup[],
  terminal: Terminal,
): Promise<
  | { readonly ok: true; readonly setups: readonly LintedSetup[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }
> {
  const faults = read.flatMap((one) => (one.ok ? [] : one.faults));
  if (faults.length > 0) return { ok: false, faults };
  const setups: LintedSetup[] = [];
  for (const one of read)
    if (one.ok) setups.push({ setup: one.setup, findings: await findingsOf(one.setup, terminal) });
  return { ok: true, setups };
}

async function findingsOf(setup: LoadedSetup, terminal: Terminal): Promise<readonly Finding[]> {
  const policies = [...setup.policySources.values()];
  const authorization = await authorizationFor(policies.map(({ slot }) => slot.value));
  const ofDelivery =
    missingForCheck(setup).length === 0
      ? check(compileSetup(setup), { at: new Date(terminal.nowMillis()), authorization }).findings
      : [];
  const ofPolicies = policies.flatMap((policy) => {
    const { value, type } = policy.slot;
    return lintPolicy({ value, type, source: policy, text: storedText(policy), authorization });
  });
  // The delivery's facts only add to what is said of a policy by itself.
  const told = new Set(ofDelivery.map(idOf));
  return [...ofDelivery, ...ofPolicies.filter((finding) => !told.has(idOf(finding)))];
}

function idOf({ code, source, pointer }: Finding): string {
  return JSON.stringify([code, source, pointer]);
}

interface Edit {
  readonly file: string;
  readonly text: string;
  readonly summary: string;
}

async function firstFix(setups: readonly LintedSetup[]): Promise<Edit | null> {
  for (const { setup, findings } of setups) {
    for (const { fix, source } of findings) {
      const policy = fix === null ? undefined : setup.policySources.get(source);
      if (fix === null || policy?.text == null || policy.file === null) continue;
      const text = await fixedText(policy.text.text, fix, policy.textPointer);
      if (text !== null) return { file: policy.file, text, summary: fix.summary };
    }
  }
  return null;
}
