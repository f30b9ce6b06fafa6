/** For people at a terminal: both attempts of each phase, who is at fault, and one line that says it all. */
import type {
  AttemptReport,
  PhaseReport,
  Report,
  SmallestFix,
  StatementsToPaste,
  StepReport,
} from '../../delivery/report.ts';
import type { Identity } from '../../delivery/plan.ts';
import { severities, type Finding } from '../../lint/finding.ts';
import { codeFrame, placeText, type Place } from '../code-frame.ts';
import { faultText } from '../fault-text.ts';
import type { NamedReport, RenderOptions, ReportFormat } from '../formats.ts';
import { palette, type Palette } from '../palette.ts';
import { explanationLines } from './explanation.ts';
import { visibleText } from '../visible-text.ts';
import { culpritOf } from './report-lines.ts';

export const text: ReportFormat = {
  render(reports, options) {
    const colours = palette(options.hasColours);
    const blocks = reports.map((named) => reportText(named, options, colours));
    if (reports.length > 1) blocks.push(`${totals(reports)}\n`);
    return visibleText(blocks.join('\n'));
  },
};

/** As a person calls an identity. */
const identityNames: Readonly<Record<Identity, string>> = {
  role: 'the role',
  'service-principal': 'the service principal',
};

function reportText(named: NamedReport, options: RenderOptions, colours: Palette): string {
  const { name, report, judged } = named;
  if (report.verdict === null) {
    const count = report.errors.length;
    return `${colours.bad('not judged')}  ${name}: ${counted(count, 'error')} in the input\n`;
  }
  const before = [
    phaseTable(report, colours),
    ...culprits(report).map((culprit) => culpritText(culprit, named, options, colours)),
    options.isFixShown && report.fix !== null ? fixText(report.fix, colours) : '',
    ...(options.isExplained && judged !== null ? [explanationLines(judged).join('\n') + '\n'] : []),
  ];
  const after = [
    report.assumed.length === 0 ? '' : `${colours.faint(`assumed: ${report.assumed.join('; ')}`)}\n`,
    `${summary(named, report, colours)}\n`,
  ];
  const rowsLeft = screenRows - rowsOf([...before, ...after].filter((section) => section !== '').join('\n'));
  const findings = findingsText(report.findings, options, colours, options.isExplained ? Infinity : rowsLeft);
  return [...before, findings, ...after].filter((section) => section !== '').join('\n');
}

/** What one setup has to say fits on a screen of this size; `--explain` and formats for programs say everything. */
const screenRows = 50;
const screenColumns = 120;

/** How many rows of a screen a text takes, long lines wrapped. */
function rowsOf(content: string): number {
  return content
    .split('\n')
    .reduce((rows, line) => rows + Math.max(1, Math.ceil(visibleLength(line) / screenColumns)), 0);
}

function visibleLength(line: string): number {
  // eslint-disable-next-line no-control-regex -- the colours' own sequences take no room
  return line.replaceAll(/\u001b\[\d+m/g, '').length;
}

function phaseTable({ phases }: Report, colours: Palette): string {
  const header = [
    'phase',
    ...phases
      .slice(0, 1)
      .flatMap(({ attempts }) => attempts.map(({ identity }) => `as ${identityNames[identity]}`)),
  ];
  const rows = phases.map(({ phase, attempts }) => [
    { text: phase, tint: colours.strong },
    ...attempts.map((attempt) => cell(attempt, colours)),
  ]);
  const widths = header.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.text.length ?? 0)),
  );
  const line = (cells: readonly { text: string; tint: (text: string) => string }[]): string =>
    `  ${cells.map(({ text: content, tint }, i) => tint(content) + ' '.repeat((widths[i] ?? 0) - content.length)).join('   ')}`.trimEnd();
  return `${[line(header.map((title) => ({ text: title, tint: colours.faint }))), ...rows.map(line)].join('\n')}\n`;
}

function cell(attempt: AttemptReport, colours: Palette): { text: string; tint: (text: string) => string } {
  const { outcome, made } = attempt;
  const note = made === false ? ' (not tried)' : '';
  switch (outcome) {
    case 'allowed':
      return { text: `✔ allowed${note}`, tint: made === false ? colours.faint : colours.good };
    case 'denied':
      return {
        text: `✘ ${culpritOf(attempt)?.action ?? ''}${note}`,
        tint: made === false ? colours.faint : colours.bad,
      };
    case 'unknown':
      return { text: `? ${culpritOf(attempt)?.action ?? ''}${note}`, tint: colours.doubtful };
  }
}

interface Culprit {
  readonly phases: readonly string[];
  readonly identity: Identity;
  readonly step: StepReport;
  /** Whether a phase fails or is in doubt because of it: else it is only told. */
  readonly isDecisive: boolean;
}

/** For each identity what stopped it, each once: most setups fail for the same cause in every phase. */
function culprits({ phases }: Report): readonly Culprit[] {
  const found = new Map<string, Culprit>();
  for (const phase of phases) {
    for (const attempt of phase.attempts) {
      const step = culpritOf(attempt);
      if (step === null || attempt.made === false) continue;
      const key = `${attempt.identity} ${step.action} ${step.message}`;
      const known = found.get(key);
      found.set(key, {
        phases: [...(known?.phases ?? []), phase.phase],
        identity: attempt.identity,
        step,
        isDecisive: (known?.isDecisive ?? false) || isOpen(phase),
      });
    }
  }
  return [...found.values()];
}

function isOpen({ outcome }: PhaseReport): boolean {
  return outcome !== 'allowed';
}

function culpritText(culprit: Culprit, named: NamedReport, options: RenderOptions, colours: Palette): string {
  const { phases, identity, step, isDecisive } = culprit;
  const mark = step.outcome === 'denied' ? colours.bad('✘') : colours.doubtful('?');
  const lines = [
    `${mark} ${phases.join(', ')} as ${identityNames[identity]}: ${colours.strong(step.message)}`,
    `  ${colours.faint(`on ${step.resource} (${step.reason})`)}`,
  ];
  const place = isDecisive ? placeAtFault(culprit, named) : null;
  if (place !== null) {
    lines.push(`  ${colours.frame('-->')} ${placeText(place)}`);
    lines.push(...codeFrame(place, options.textOf(place.file), colours).map((line) => ` ${line}`));
  }
  return `${lines.join('\n')}\n`;
}

/** The very element that kept the first statement from matching, else the statement; only in the user's own text. */
function placeAtFault({ phases, identity, step }: Culprit, { judged }: NamedReport): Place | null {
  const [statement] = step.statements;
  if (statement?.line == null) return null;
  const trace = judged?.judgement.phases
    .find(({ phase }) => phase === phases[0])
    ?.attempts.find((attempt) => attempt.identity === identity)
    ?.steps.find(({ action, reason }) => action === step.action && reason === step.reason)
    ?.decision.statements.at(0);
  const [mismatch] = trace?.mismatches ?? [];
  const place = mismatch === undefined ? null : trace?.policy.locate(mismatch.pointer);
  return mismatch === undefined || place == null
    ? statement
    : { file: statement.file, pointer: mismatch.pointer, ...place };
}

/** The change as a difference, or who has to act. */
function fixText({ changes, blockedBy = [] }: SmallestFix, colours: Palette): string {
  const shown = changes.flatMap((change) => [
    `${colours.good('fix')}: ${change.summary}`,
    ...(change.paste === undefined
      ? diffLines(change.unifiedDiff, colours)
      : pasteLines(change.paste, colours)),
  ]);
  const blocked = blockedBy.flatMap(({ source, owner, summary }) => [
    `${colours.doubtful('no edit of the policies mends this')}: ${summary}`,
    `  ${colours.frame('-->')} ${source}: up to ${owner}`,
  ]);
  return `${[...shown, ...blocked].join('\n')}\n`;
}

function diffLines(unifiedDiff: string, colours: Palette): readonly string[] {
  return unifiedDiff
    .trimEnd()
    .split('\n')
    .map((line) => `  ${diffTint(line, colours)(line)}`);
}

/** What to write into sources that are not ours to edit. */
function pasteLines(
  { language, address, text: content, standsFor }: StatementsToPaste,
  colours: Palette,
): readonly string[] {
  const place = address === null ? 'a policy of its own' : address;
  return [
    `  ${colours.frame('-->')} among the statements of ${place}, in place of one with the same Sid${language === 'terraform' ? ' (in `jsonencode`)' : ''}:`,
    ...content
      .trimEnd()
      .split('\n')
      .map((line) => `  ${colours.good(`+ ${line}`)}`),
    ...standsFor.map(
      ({ value }) => `  ${colours.faint(`${value} stands for what is not made yet: refer to that instead`)}`,
    ),
  ];
}

function diffTint(line: string, colours: Palette): (text: string) => string {
  if (line.startsWith('+++') || line.startsWith('---')) return colours.strong;
  if (line.startsWith('@@')) return colours.frame;
  if (line.startsWith('+')) return colours.good;
  return line.startsWith('-') ? colours.bad : colours.faint;
}

/** The gravest findings that there are rows for, in their order, and how many are left out. */
function findingsText(
  findings: readonly Finding[],
  options: RenderOptions,
  colours: Palette,
  rowsMax: number,
): string {
  const texts = new Map(findings.map((finding) => [finding, findingText(finding, options, colours)]));
  // A row for the blank line before them, and one for the count of those left out.
  let rows = 2;
  const shown = new Set<Finding>();
  for (const finding of findings.toSorted((a, b) => gravity(a) - gravity(b))) {
    rows += rowsOf(texts.get(finding) ?? '') - 1;
    if (rows > rowsMax) break;
    shown.add(finding);
  }
  const left = findings.length - shown.size;
  const count = `${colours.faint(`and ${counted(left, 'finding')} more: --explain shows all`)}\n`;
  return `${findings.map((finding) => (shown.has(finding) ? texts.get(finding) : '')).join('')}${left === 0 ? '' : count}`;
}

function gravity({ severity }: Finding): number {
  return severities.indexOf(severity);
}

function findingText(finding: Finding, options: RenderOptions, colours: Palette): string {
  return finding.severity === 'error'
    ? faultText({ ...finding, url: null }, (file) => options.textOf(file), colours)
    : briefly(finding, colours);
}

function briefly(
  { severity, code, message, source, file, line, column, pointer }: Finding,
  colours: Palette,
): string {
  const tint = severity === 'suggestion' ? colours.frame : colours.doubtful;
  const place = line === null ? source : placeText({ file, line, column, pointer });
  return `${tint(`${severity}[${code}]`)}: ${message}\n  ${colours.frame('-->')} ${place}\n`;
}

function summary({ name, suppressed = [] }: NamedReport, report: Report, colours: Palette): string {
  const { verdict, deliveredAs, findings } = report;
  const counts = [
    ...(findings.length === 0 ? [] : [counted(findings.length, 'finding')]),
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed`]),
  ];
  const noted = counts.length === 0 ? '' : ` (${counts.join(', ')})`;
  switch (verdict) {
    case 'delivers':
      return `${colours.good('delivers')}  ${name}: AWS Config delivers${deliveredAs === null ? '' : ` as ${identityNames[deliveredAs]}`}${noted}`;
    case 'fails':
      return `${colours.bad('fails')}  ${name}: ${failure(report)}${noted}`;
    case 'unknown':
      return `${colours.doubtful('unknown')}  ${name}: it can't be told whether AWS Config delivers${openPoints(report)}${noted}`;
  }
}

function failure({ phases, deliveredAs }: Report): string {
  const failed = phases.filter(({ outcome }) => outcome === 'denied').map(({ phase }) => phase);
  if (failed.includes('delivery')) return 'AWS Config does not deliver';
  return failed.includes('channel-setup')
    ? 'AWS refuses to put this delivery channel'
    : `the files are delivered${deliveredAs === null ? '' : ` as ${identityNames[deliveredAs]}`}, but the notifications are not`;
}

/** What would settle it, of all steps that are open. */
function openPoints({ phases }: Report): string {
  const names = new Set(
    phases
      .filter(isOpen)
      .flatMap(({ attempts }) => attempts.flatMap(({ steps }) => steps.flatMap(({ unknown }) => unknown))),
  );
  return names.size === 0 ? '' : `; give ${[...names].map((name) => `\`${name}\``).join(', ')}`;
}

function totals(reports: readonly NamedReport[]): string {
  const verdicts = reports.map(({ report }) => report.verdict ?? 'not judged');
  const counts = ['delivers', 'fails', 'unknown', 'not judged'].flatMap((verdict) => {
    const count = verdicts.filter((found) => found === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return `${counted(reports.length, 'setup')}: ${counts.join(', ')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
