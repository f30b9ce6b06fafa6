/** `sealpost check`: reads setups, judges each, writes the reports, and says it in the exit status. */
import { isAtLeast, severities, type Severity } from '../../../lint/finding.ts';
import { judge, missingForCheck, reportOf } from '../../../delivery/check.ts';
import type { FailedReport, Report } from '../../../delivery/report.ts';
import type { Fault } from '../../../policy/document/fault.ts';
import { compileSetup } from '../../../setup/compile-setup.ts';
import { authorizationFor } from '../../authorization-for.ts';
import { CliFault, type CliInput } from '../../command.ts';
import { faultText } from '../../fault-text.ts';
import { formatNames, formats, isFormatName, type FormatName, type NamedReport } from '../../formats.ts';
import { palette } from '../../palette.ts';
import { readSettings, type ReadSettings } from '../../settings-file.ts';
import { sourceFiles, type SourceFiles } from '../../source-files.ts';
import type { Terminal } from '../../terminal.ts';
import { checkSources, type CheckSource } from './check-sources.ts';
import { fixWish, foundFix, writeFiles, type FixWish } from './fixing.ts';
import { suppressFindings } from './suppress-findings.ts';
import { withAssumptions } from './what-if.ts';

export async function runCheck(input: CliInput, terminal: Terminal): Promise<number> {
  const outputs = outputsOf(input);
  const format = formatOf(input.text('format') ?? 'text');
  const files = sourceFiles(terminal);
  const settings = input.has('ignore-config')
    ? ({ ok: true, settings: null } as const)
    : await readSettings(terminal, '.', input.text('config'));
  if (!settings.ok) return tellSettingsFaults(settings, terminal);
  const sources = await checkSources(input, files);
  const judged: NamedReport[] = [];
  const isReported = [format, ...outputs.map((output) => output.format)].includes('json');
  const wish = fixWish(input, isReported);
  const newTexts = new Map<string, string>();
  for (const source of sources) {
    const named = await reportOn(source, input, terminal);
    judged.push(wish === null ? named : await withFix(named, wish, files, newTexts, terminal));
  }
  const reports =
    settings.settings === null ? judged : await suppressFindings(judged, settings.settings, files);

  const isExplained = input.has('explain');
  const render = async (name: FormatName, hasColours: boolean): Promise<string> => {
    const renderer = await formats[name]();
    return renderer.render(reports, {
      hasColours,
      isExplained,
      isFixShown: wish?.isShown ?? false,
      textOf: (file) => files.textOf(file),
    });
  };
  // A format for people tells the faults itself, on standard error, where no program reads.
  if (format === 'text') tellFaults(reports, files, terminal);
  terminal.out(await render(format, terminal.hasColours));
  // Annotations switch on by themselves inside GitHub Actions.
  if (format === 'text' && terminal.env['GITHUB_ACTIONS'] === 'true')
    terminal.out(await render('github', false));
  for (const output of outputs) await writeOutput(output, await render(output.format, false), terminal);
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
  const found = await foundFix(judged.compiled.loaded, wish, files, terminal.nowMillis());
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

function tellSettingsFaults(
  { faults, text }: Extract<ReadSettings, { ok: false }>,
  terminal: Terminal,
): number {
  const colours = palette(terminal.errHasColours);
  for (const fault of faults) terminal.err(faultText(fault, () => text, colours));
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

interface Output {
  readonly format: FormatName;
  readonly file: string;
}

function outputsOf(input: CliInput): readonly Output[] {
  return input.texts('output').map((text) => {
    const [format = '', ...rest] = text.split('=');
    const file = rest.join('=');
    if (file === '') {
      throw new CliFault({
        code: 'command-line',
        message: `\`--output ${text}\` names no file`,
        next: 'write a format, an equals sign and a file: `--output json=report.json`',
      });
    }
    return { format: formatOf(format), file };
  });
}

function formatOf(name: string): FormatName {
  if (isFormatName(name)) return name;
  throw new CliFault({
    code: 'command-line',
    message: `there is no format \`${name}\``,
    next: `write one of ${formatNames.join(', ')}`,
  });
}

async function writeOutput({ file }: Output, text: string, terminal: Terminal): Promise<void> {
  try {
    await terminal.writeText(file, text);
  } catch (error) {
    throw new CliFault({
      code: 'output-not-writable',
      message: `the report can't be written to \`${file}\`: ${error instanceof Error ? error.message : 'writing failed'}`,
      next: 'name a file in a folder that exists',
    });
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
