/** JUnit XML: a suite for each setup, a case for each phase. What is unknown is skipped, what is denied fails. */
import type { PhaseReport } from '../../delivery/report.ts';
import type { NamedReport, ReportFormat } from '../formats.ts';
import { culpritOf } from './report-lines.ts';

export const junit: ReportFormat = {
  render(reports) {
    const suites = reports.map(suite);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sealpost">\n${suites.join('')}</testsuites>\n`;
  },
};

function suite({ name, report }: NamedReport): string {
  const isJudged = report.verdict !== null;
  const cases = isJudged
    ? report.phases.map((phase) => phaseCase(phase, name))
    : [errorCase({ name, report })];
  const count = (outcome: string): number =>
    isJudged ? report.phases.filter((phase) => phase.outcome === outcome).length : 0;
  const counts = `tests="${cases.length}" failures="${count('denied')}" errors="${isJudged ? 0 : 1}" skipped="${count('unknown')}"`;
  return `  <testsuite name="${escaped(name)}" ${counts}>\n${cases.join('')}  </testsuite>\n`;
}

function phaseCase({ phase, outcome, attempts }: PhaseReport, name: string): string {
  const open = `    <testcase classname="${escaped(name)}" name="${phase}"`;
  if (outcome === 'allowed') return `${open}/>\n`;
  const messages = attempts.flatMap((attempt) => {
    const step = attempt.made === false ? null : culpritOf(attempt);
    return step === null ? [] : [`as ${attempt.identity}: ${step.message}`];
  });
  const message = escaped(messages.join('; '));
  const child =
    outcome === 'denied'
      ? `<failure message="${message}" type="denied">${escaped(messages.join('\n'))}</failure>`
      : `<skipped message="${message}"/>`;
  return `${open}>\n      ${child}\n    </testcase>\n`;
}

function errorCase({ name, report }: Pick<NamedReport, 'name' | 'report'>): string {
  const messages = report.verdict === null ? report.errors.map(({ message }) => message) : [];
  return `    <testcase classname="${escaped(name)}" name="input">\n      <error message="${escaped(messages.join('; '))}" type="input"/>\n    </testcase>\n`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/(?!\n)\p{Cc}/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
