import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { check } from '../delivery/check.ts';
import { patched } from '../delivery/fix/policy-edit.ts';
import { smallestFix } from '../delivery/smallest-fix.ts';
import { compileSetup } from '../setup/compile-setup.ts';
import { readSetupText } from '../setup/read-setup.ts';
import { fixFiles } from './fix-files.ts';

/** Sixty searches for each style, on a machine that may be busy. */
const timeout = 120_000;
const at = new Date('2026-03-07T09:15:00Z');
const bases = parse(readFileSync('cases/delivery/bases.yaml', 'utf8')) as Record<string, unknown>;
const cases = globSync('cases/delivery/*.json')
  .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as DeliveryCase[])
  .filter(({ expect: { verdict } }) => verdict !== 'delivers');

interface DeliveryCase {
  readonly name: string;
  readonly base: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly expect: { readonly verdict: string };
}

const styles: Readonly<Record<string, (setup: unknown) => string>> = {
  'setup.json': (setup) => `${JSON.stringify(setup, null, 2)}\n`,
  'tabs.json': (setup) => JSON.stringify(setup, null, '\t').replaceAll('\n', '\r\n'),
  'row.json': (setup) => JSON.stringify(setup),
  'setup.yaml': (setup) => `# kept\n${stringify(setup)}# and this\n`,
  'wide.yaml': (setup) => stringify(setup, { lineWidth: 0, indent: 4, indentSeq: false }),
  'flow.yaml': (setup) => stringify(setup, { collectionStyle: 'flow' }),
};

// spec: FIX-1
describe('a fix in the files of the user', () => {
  for (const [file, print] of Object.entries(styles)) {
    it(`makes every case deliver that it is claimed for, in ${file}`, { timeout }, async () => {
      for (const row of cases) {
        const text = print(setupOf(row));
        const read = await readSetupText(text, { file, readFile: noFile });
        if (!read.ok) throw new Error(JSON.stringify(read.faults));
        const fix = smallestFix(read.setup, { at });
        if (fix?.verified !== true) continue;
        const { files, unwritten } = await fixFiles(fix, read.setup, () => text);
        expect(`${row.name}: ${unwritten.join()}`).toBe(`${row.name}: `);
        const after = files.get(file) ?? '';
        const again = await readSetupText(after, { file, readFile: noFile });
        if (!again.ok) throw new Error(`${row.name}\n${after}`);
        expect(`${row.name}: ${check(compileSetup(again.setup), { at }).verdict}`).toBe(
          `${row.name}: delivers`,
        );
        for (const comment of ['# kept', '# and this']) {
          expect(after.includes(comment)).toBe(text.includes(comment));
        }
        if (file === 'tabs.json') expect(after.replaceAll('\r\n', '')).not.toContain('\n');
      }
    });
  }
});

function noFile(path: string): Promise<string> {
  return Promise.reject(new Error(`no file ${path}`));
}

function setupOf({ base, set = {}, remove = [] }: DeliveryCase): unknown {
  return patched(bases[base], [
    ...Object.entries(set).map(([path, value]) => ({
      op: path.endsWith('/-') ? ('add' as const) : ('replace' as const),
      path,
      value,
    })),
    ...remove.map((path) => ({ op: 'remove' as const, path })),
  ]);
}
