/** Every format for programs against its published schema, for the report of every delivery case. */
import { readFileSync } from 'node:fs';
// The schema that OASIS publishes, as Microsoft's SARIF package carries it.
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv2020 } from 'ajv/dist/2020.js';
import draft04 from 'ajv-draft-04';
import formatsOfAjv from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { NamedReport, RenderOptions } from '../../src/cli/formats.ts';
import { findingFormats } from '../../src/cli/finding-formats.ts';
import { json } from '../../src/cli/formats/json.ts';
import { junit } from '../../src/cli/formats/junit.ts';
import { sarif } from '../../src/cli/formats/sarif.ts';
import { text } from '../../src/cli/formats/text.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { everyReport, reportOnText } from './every-report.ts';
import { runCli } from './test-terminal.ts';

const junitSchema = readFileSync('test/fixtures/jenkins-junit.xsd', 'utf8');

/** Everything that markup, URIs and workflow commands could stumble over. */
const hostile = 'a b/%41#?&<>"\' ]]> -- ::error \u0000\u001b[31m\u202e\ud800\uffff\n--- 日本語.json';

const options: RenderOptions = {
  hasColours: false,
  isExplained: false,
  isFixShown: false,
  textOf: () => null,
};
const lists: (readonly [string, readonly NamedReport[]])[] = [];
let reports: readonly NamedReport[] = [];

beforeAll(async () => {
  const setup = readFileSync('examples/wrong-account/setup.json', 'utf8');
  const hostileFinding = (finding: Finding): Finding => ({
    ...finding,
    message: hostile,
    next: hostile,
    file: hostile,
    source: hostile,
  });
  const cases = await everyReport();
  const [first] = cases.filter(({ report }) => report.verdict !== null && report.findings.length > 0);
  if (first === undefined || first.report.verdict === null) throw new Error('no case has a finding');
  const findings = first.report.findings.map(hostileFinding);
  const suppressed = findings.map((finding, i) => ({
    finding,
    suppression: {
      code: finding.code,
      reason: hostile,
      kind: i % 2 === 0 ? ('inSource' as const) : ('external' as const),
      place: { file: null, pointer: '', line: null, column: null },
      isForOne: false,
      covers: () => true,
    },
  }));
  reports = [
    ...cases,
    await reportOnText('no-json', '{'),
    await reportOnText('no-setup', '{ "recoder": 1 }'),
    await reportOnText('paths', setup),
    { ...first, name: hostile, report: { ...first.report, findings }, suppressed },
  ];
  lists.push(
    ...reports.map((named) => [named.name, [named]] as const),
    ['all of them', reports],
    ['none', []],
  );
});

describe('SARIF', () => {
  it('is valid by the schema of OASIS, for every report and for all together', () => {
    const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
    formatsOfAjv.default(ajv);
    const validate = ajv.compile(sarifSchema);
    for (const [name, list] of lists) {
      const isValid = validate(JSON.parse(sarif.render(list, options)));
      expect([name, isValid, validate.errors]).toEqual([name, true, null]);
    }
  });

  it('of lint is valid too', async () => {
    const ajv = new draft04.default({ strict: false, unicodeRegExp: false });
    formatsOfAjv.default(ajv);
    const validate = ajv.compile(sarifSchema);
    const render = await findingFormats.sarif();
    const findings = reports.flatMap(({ report }) => (report.verdict === null ? [] : report.findings));
    validate(JSON.parse(render(findings, reports.at(-1)?.suppressed ?? [])));
    expect(validate.errors).toBeNull();
  });
});

describe('JUnit', () => {
  it("is valid by Jenkins' schema, for every report and for all together, and so is lint's", async () => {
    const render = await findingFormats.junit();
    const findings = reports.flatMap(({ report }) => (report.verdict === null ? [] : report.findings));
    const files = [...lists.map(([, list]) => junit.render(list, options)), render(findings), render([])].map(
      (contents, i) => ({ fileName: `report-${i}.xml`, contents }),
    );
    const { valid, errors } = await validateXML({
      xml: files,
      schema: [{ fileName: 'junit.xsd', contents: junitSchema }],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });
});

describe('JSON', () => {
  const validatorOf = (file: string) =>
    new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);

  it('is valid by the schema that we publish, for every report and for all together', () => {
    const validate = validatorOf('schema/report.schema.json');
    for (const [name, list] of lists) {
      const isValid = validate(JSON.parse(json.render(list, options)));
      expect([name, isValid, validate.errors]).toEqual([name, true, null]);
    }
  });

  it('of a report with a member of another kind is not valid', () => {
    const validate = validatorOf('schema/report.schema.json');
    const report = JSON.parse(json.render(reports.slice(0, 1), options)) as object;
    expect(validate({ ...report, verdict: 'maybe' })).toBe(false);
    expect(validate({ ...report, phases: null })).toBe(false);
  });

  it('of a baseline and of settings is valid by theirs', async () => {
    const { written } = await runCli([
      'check',
      'examples/wrong-account/setup.json',
      '--baseline',
      'b.json',
      '--update-baseline',
    ]);
    const baseline = validatorOf('schema/baseline.schema.json');
    baseline(JSON.parse(written['b.json'] ?? ''));
    expect(baseline.errors).toBeNull();
    const settings = validatorOf('schema/settings.schema.json');
    expect(settings({ suppressions: [{ code: 'missing-version', reason: 'old' }] })).toBe(true);
    expect(settings({ suppressions: [{ code: 'missing-version' }] })).toBe(false);
  });
});

describe('text', () => {
  const rowsOf = (content: string): number =>
    content.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 120)), 0);

  it('of any single setup fits a screen of 50 rows and 120 columns', () => {
    for (const [name, list] of lists.filter(([, { length }]) => length === 1)) {
      const shown = text.render(list, { ...options, textOf: () => '"a line"\n'.repeat(400) });
      expect([name, rowsOf(shown) <= 50]).toEqual([name, true]);
    }
  });

  it('leaves out the mildest findings of many and says how many', () => {
    const [named] = reports.filter(({ report }) => report.verdict !== null && report.findings.length > 0);
    if (named === undefined || named.report.verdict === null) throw new Error('no case has a finding');
    const [finding] = named.report.findings;
    if (finding === undefined) throw new Error('no finding');
    const many = [...Array(200).keys()].map((i): Finding => ({
      ...finding,
      severity: i === 150 ? 'error' : 'suggestion',
      message: `number ${i}`,
    }));
    const report = { ...named.report, findings: many };
    const shown = text.render([{ ...named, report }], options);
    expect(rowsOf(shown)).toBeLessThanOrEqual(50);
    expect(shown).toContain('number 150');
    expect(shown).toMatch(/and \d+ findings more: --explain shows all/);
    const explained = text.render([{ ...named, report }], { ...options, isExplained: true });
    expect(explained).toContain('number 199');
  });
});
