/** Workflow commands that GitHub Actions shows as annotations, without code scanning. */
import type { ReportFormat } from '../formats.ts';
import { plainText } from '../visible-text.ts';
import { inRepository, remarksOf, verdictSentence, type Remark } from './report-lines.ts';

export const github: ReportFormat = {
  render(reports, options) {
    const lines = reports.flatMap((named) => [
      ...remarksOf(named).map((remark) => annotation(inRepository(remark, options))),
      `::notice title=sealpost::${escapedData(verdictSentence(named))}`,
    ]);
    return `${lines.join('\n')}\n`;
  },
};

const commands = {
  error: 'error',
  'security-warning': 'warning',
  warning: 'warning',
  suggestion: 'notice',
} as const satisfies Record<Remark['severity'], string>;

/** One line for GitHub Actions. */
export function annotation({ severity, code, message, next, file, line, column }: Remark): string {
  const properties = [
    ...(file === null ? [] : [`file=${escapedProperty(file)}`]),
    ...(line === null ? [] : [`line=${line}`]),
    ...(column === null ? [] : [`col=${column}`]),
    `title=${escapedProperty(code)}`,
  ];
  const text = next === null ? message : `${message}; ${next}`;
  return `::${commands[severity]} ${properties.join(',')}::${escapedData(text)}`;
}

function escapedData(text: string): string {
  return plainText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
