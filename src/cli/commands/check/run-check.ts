/** `sealpost check`: reads setups, judges each, writes the reports, and says it in the exit status. */
import { isAtLeast, severities, type Severity } from '../../../lint/finding.ts';
import { judge, missingForCheck, reportOf } from '../../../delivery/check.ts';
import type { FailedReport, Report } from '../../../delivery/report.ts';
import type { Fault } from '../../../policy/document/fault.ts';
import { compileSetup } from '../../../setup/compile-setup.ts';
import { authorizationFor } from '../../authorization-for.ts';
import { CliFault, type CliInput } from '../../command.ts';
import { faultText } from '../../fault-text.ts';
import { formats, type FormatName, type NamedReport } from '../../formats.ts';
import { repositoryPath, tellGitHub } from '../../github-actions.ts';
import { palette } from '../../palette.ts';
import { readSettings } from '../../settings-file.ts';
import { sourceFiles, type SourceFiles } from '../../source-files.ts';
import { baselineWish, readBaseline, writeBaseline } from '../../suppressions/baseline.ts';
import type { Terminal } from '../../terminal.ts';
import { checkSources, type CheckSource } from './check-sources.ts';
import { fixWish, foundFix, writeFiles, type FixWish } from './fixing.ts';
import { formatOf, outputsOf, writeOutput } from './outputs.ts';
import { suppressInReports } from './suppress-in-reports.ts';
import { withAssumptions } from './what-if.ts';

export async function runCheck(input: CliInput, terminal: Terminal): Promise<number> {
  if (!input.has('watch')) return checkOnce(input, terminal);
  const { watchCheck } = await import('./watch-check.ts');
  return watchCheck(input, terminal, checkOnce);
}

async function checkOnce(input: CliInput, terminal: Terminal): Promise<number> {
  if (input.has('live') && input.has('dry-run')) {
    const { livePolicyText } = await import('./live/live-declared.ts');
    terminal.out(livePolicyText());
    return 0;
  }
  const outputs = outputsOf(input);
  const format = formatOf(input.text('format') ?? 'text');
  const baselineAsked = baselineWish(input);
  const files = sourceFiles(terminal);
  const settings = input.has('ignore-config')
    ? ({ ok: true, settings: null } as const)
    : await readSettings(terminal, '.', input.text('config'));
  if (!settings.ok) return tellInputFaults(settings.faults, () => settings.text, terminal);
  const baseline = await readBaseline(baselineAsked, terminal);
  if (!baseline.ok) return tellInputFaults(baseline.faults, () => baseline.text, terminal);
  const sources = await checkSources(input, files, terminal);
  const judged: NamedReport[] = [];
  const wanted = [format, ...outputs.map((output) => output.format)];
  const isReported = wanted.includes('json');
  const isReportEnough = !input.has('explain') && wanted.every((name) => name === 'json');
  const wish = fixWish(input, isReported);
  const newTexts = new Map<string, string>();
  for (const source of sources) {
    const named = await reportOn(source, input, terminal);
    const whole = wish === null ? named : await withFix(named, wish, files, newTexts, terminal);
    // Compiled policies and decisions are many times what is told of them: ten thousand setups would not fit.
    judged.push(isReportEnough ? { ...whole, judged: null } : whole);
  }
  const suppressed = await suppressInReports(judged, {
    settings: settings.settings,
    baseline: baseline.baseline,
    texts: files.names().map((name) => ({
      file: name === '-' ? null : name,
      text: files.textOf(name) ?? '',
    })),
  });
  if (!suppressed.ok) return tellInputFaults(suppressed.faults, (file) => files.textOf(file), terminal);
  const { reports } = suppressed;
  // So that the place of an entry that nothing needs any more can be shown.
  if (settings.settings !== null && suppressed.hasUnused) await files.read(settings.settings.file);

  const isExplained = input.has('explain');
  const render = async (name: FormatName, hasColours: boolean): Promise<string> => {
    const renderer = await formats[name]();
    return renderer.render(reports, {
      hasColours,
      isExplained,
      isFixShown: wish?.isShown ?? false,
      textOf: (file) => files.textOf(file),
      repositoryPath: repositoryPath(terminal),
    });
  };
  // A format for people tells the faults itself, on standard error, where no program reads.
  if (format === 'text') tellFaults(reports, files, terminal);
  terminal.out(await render(format, terminal.hasColours));
  await tellGitHub(format, (name) => render(name, false), terminal);
  for (const output of outputs) await writeOutput(output, await render(output.format, false), terminal);
  if (suppressed.baselineText !== null && baselineAsked !== null)
    await writeBaseline(baselineAsked.file, suppressed.baselineText, terminal);
  if (wish?.isWritten === true && newTexts.size > 0) {
    await writeFiles(newTexts, terminal);
    return exitStatus(reports.map(mended), input);
  }
  return exitStatus(reports, input);
}

/** Beside its report the fix of a setup, and in `newTexts` what its files become. */
async function withFix(
  named: NamedReport,
  wish: FixWish,
  files: SourceFiles,
  newTexts: Map<string, string>,
  terminal: Terminal,
): Promise<NamedReport> {
  const { report, judged } = named;
  if (report.verdict === null || judged === null) return named;
  const found = await foundFix(judged, wish, files, terminal.nowMillis());
  if (found === null) return named;
  for (const [file, text] of found.files) {
    const known = newTexts.get(file);
    if (wish.isWritten && known !== undefined && known !== text) throw sharedFile(file);
    newTexts.set(file, text);
  }
  return { ...named, report: { ...report, fix: found.fix } };
}

/** A setup whose verified fix was written delivers: that is what verified means. */
function mended(named: NamedReport): NamedReport {
  const { report } = named;
  if (report.verdict === null || report.fix?.verified !== true) return named;
  return { ...named, report: { ...report, verdict: 'delivers' } };
}

function sharedFile(file: string): CliFault {
  return new CliFault({
    code: 'fix-not-writable',
    message: `two setups need different changes of \`${file}\``,
    next: 'fix one setup after the other',
  });
}

async function reportOn(source: CheckSource, input: CliInput, terminal: Terminal): Promise<NamedReport> {
  const { name } = source;
  const read = await source.read();
  if (!read.ok) return { name, report: failed(read.faults), judged: null };
  const assumed = withAssumptions(read.setup, input);
  const missing = missingForCheck(assumed.setup);
  if (missing.length > 0) return { name, report: failed(missing), judged: null };
  const compiled = compileSetup(assumed.setup);
  const judgement = judge(compiled, { at: new Date(terminal.nowMillis()) });
  const policies = [...assumed.setup.policySources.values()].map(({ slot }) => slot.value);
  const report = reportOf(judgement, compiled, await authorizationFor(policies));
  return {
    name,
    report: { ...report, assumed: [...assumed.notes, ...report.assumed] },
    judged: { judgement, compiled },
  };
}

function failed(faults: readonly Fault[]): FailedReport {
  return {
    schemaVersion: 1,
    verdict: null,
    errors: faults.map(({ code, message, next, file, line, column, pointer }) => ({
      code,
      message,
      file,
      line,
      column,
      pointer,
      next,
    })),
  };
}

function tellInputFaults(
  faults: readonly Fault[],
  textOf: (file: string | null) => string | null,
  terminal: Terminal,
): number {
  const colours = palette(terminal.errHasColours);
  for (const fault of faults) terminal.err(faultText(fault, textOf, colours));
  return 2;
}

function tellFaults(reports: readonly NamedReport[], files: SourceFiles, terminal: Terminal): void {
  const colours = palette(terminal.errHasColours);
  for (const { report } of reports) {
    if (report.verdict !== null) continue;
    for (const error of report.errors) {
      terminal.err(faultText(error, (file) => files.textOf(file), colours));
    }
  }
}

/** Of several setups the first present of 2, 1, 3. */
function exitStatus(reports: readonly NamedReport[], input: CliInput): number {
  const failOn = severities.find((severity) => severity === input.text('fail-on')) ?? null;
  const statuses = reports.map(({ report }) => statusOf(report, failOn, input.has('allow-unknown')));
  return [2, 1, 3].find((status) => statuses.includes(status)) ?? 0;
}

function statusOf(report: Report | FailedReport, failOn: Severity | null, allowUnknown: boolean): number {
  if (report.verdict === null) return 2;
  if (report.verdict === 'fails') return 1;
  if (failOn !== null && report.findings.some(({ severity }) => isAtLeast(severity, failOn))) return 1;
  return report.verdict === 'unknown' && !allowUnknown ? 3 : 0;
}
