/** The same setup as a document, as a Terraform plan and as CloudFormation templates has the same report. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from '../../src/delivery/check.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { compileSetup } from '../../src/setup/compile-setup.ts';
import { setupFromValue, type ReadSetup } from '../../src/setup/loaded-setup.ts';
import { readInputs, type InputFile } from '../../src/setup/inputs/read-inputs.ts';
import { setups } from '../differential/generated-setups.ts';
import { asPlan, asTemplates, normalForm } from './render.ts';

const isLong = process.env['SEALPOST_LONG'] !== undefined;
const runs = isLong ? 10_000 : 60;

// spec: INPUT-TF-1, INPUT-TF-4, INPUT-CFN-2, INPUT-CFN-4, INPUT-CLOSED-1, INPUT-PAIR-1
it('a setup, its plan and its templates have one report', { timeout: 30_000 + runs * 60 }, async () => {
  await fc.assert(
    fc.asyncProperty(setups, async (generated) => {
      const setup = normalForm(generated);
      const expected = said(setupFromValue(setup));
      const plan = await readAll([{ kind: 'terraform', path: 'plan.json' }], { 'plan.json': asPlan(setup) });
      expect(plan).toEqual(expected);
      const templates = [...asTemplates(setup)];
      const files = templates.map(([at], i): InputFile => {
        const [account = '', region = ''] = at.split('/');
        return { kind: 'template', path: `${i}.json`, account, region };
      });
      const texts = Object.fromEntries(templates.map(([, text], i) => [`${i}.json`, text]));
      expect(await readAll(files, texts)).toEqual(expected);
    }),
    { numRuns: runs },
  );
});

async function readAll(
  files: readonly InputFile[],
  texts: Readonly<Record<string, string>>,
): Promise<unknown> {
  const [setup] = await readInputs(files, {
    account: null,
    region: null,
    role: null,
    bucket: null,
    key: null,
    prefix: null,
    parameters: null,
    readFile: (path) => Promise.resolve(texts[path] ?? ''),
  });
  return said(setup?.read ?? { ok: false, faults: [] });
}

/** The report without what says where the setup came from. */
function said(read: ReadSetup): unknown {
  if (!read.ok) return read.faults.map(({ message }) => message);
  const report = check(compileSetup(read.setup), { at: new Date(0) });
  // Findings stand in the order of the text.
  const findings = [...report.findings].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const plain: unknown = JSON.parse(
    JSON.stringify({ ...report, findings, assumed: [] }, (member, value: unknown) =>
      member === 'file' || member === 'line' || member === 'column'
        ? undefined
        : typeof value === 'string'
          ? placeless(value).replaceAll(/ \((?:aws_[a-z_0-9]+\.z\d+|Z(?:\d+|key\d+|boundary))\)/g, '')
          : value,
    ),
  );
  return plain;
}

function nameOf({ code, source, pointer, message }: Finding): string {
  return `${code} ${placeless(source)} ${pointer} ${message}`;
}

/** Templates of several Regions hold the keys in another order. */
function placeless(text: string): string {
  return text.replaceAll(/\bkeys\[\d\]/g, 'keys[]');
}
