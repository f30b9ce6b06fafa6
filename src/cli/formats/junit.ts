/** JUnit XML: a suite for each setup, a case for each phase. What is unknown is skipped, what is denied fails. */
import type { Finding } from '../../lint/finding.ts';
import type { PhaseReport } from '../../delivery/report.ts';
import type { NamedReport, ReportFormat } from '../formats.ts';
import { plainText } from '../visible-text.ts';
import { culpritOf } from './report-lines.ts';

export const junit: ReportFormat = {
  render(reports) {
    const suites = reports.map(suite);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sealpost">\n${suites.join('')}</testsuites>\n`;
  },
};

/** Findings alone: each of severity `error` is a case that fails, every other a case that is skipped. */
export function findingsSuite(findings: readonly Finding[]): string {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const cases = findings.map(({ severity, code, message, source, file, line }) => {
    const place = `${file ?? source}${line === null ? '' : `:${line}`}`;
    const child =
      severity === 'error'
        ? `<failure message="${escaped(message)}" type="${severity}"/>`
        : `<skipped>${escaped(message)}</skipped>`;
    return `    <testcase classname="${escaped(place)}" name="${escaped(code)}">\n      ${child}\n    </testcase>\n`;
  });
  const none = '    <testcase classname="sealpost" name="no findings"/>\n';
  const counts = `tests="${Math.max(1, cases.length)}" failures="${failures}" errors="0" skipped="${cases.length - failures}"`;
  const body = cases.length === 0 ? none : cases.join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sealpost">\n  <testsuite name="lint" ${counts}>\n${body}  </testsuite>\n</testsuites>\n`;
}

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
      : `<skipped>${message}</skipped>`;
  return `${open}>\n      ${child}\n    </testcase>\n`;
}

function errorCase({ name, report }: Pick<NamedReport, 'name' | 'report'>): string {
  const messages = report.verdict === null ? report.errors.map(({ message }) => message) : [];
  return `    <testcase classname="${escaped(name)}" name="input">\n      <error message="${escaped(messages.join('; '))}" type="input"/>\n    </testcase>\n`;
}

/** As it stands in an attribute or between tags. */
function escaped(text: string): string {
  return plainText(text)
    .toWellFormed()
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
