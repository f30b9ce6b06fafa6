/** Markdown for a comment on a pull request. */
import type { AttemptReport, Report } from '../../delivery/report.ts';
import type { NamedReport, ReportFormat } from '../formats.ts';
import { plainText } from '../visible-text.ts';
import { culpritOf, remarksOf, verdictSentence, type Remark } from './report-lines.ts';

export const markdown: ReportFormat = {
  render(reports) {
    return reports.map(section).join('\n');
  },
};

const marks = { delivers: '✅', fails: '❌', unknown: '❔' } as const;

function section(named: NamedReport): string {
  const { report } = named;
  const mark = report.verdict === null ? '⚠️' : marks[report.verdict];
  const parts = [
    `### ${mark} ${escaped(verdictSentence(named))}`,
    ...(report.verdict === null ? [] : [table(report)]),
    remarksOf(named).map(item).join('\n'),
    ...(report.verdict === null || report.assumed.length === 0
      ? []
      : [`<sub>Assumed: ${escaped(report.assumed.join('; '))}</sub>`]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function table({ phases }: Report): string {
  const rows = phases.map(({ phase, attempts }) => `| ${[phase, ...attempts.map(cell)].join(' | ')} |`);
  return ['| phase | as the role | as the service principal |', '|---|---|---|', ...rows].join('\n');
}

function cell(attempt: AttemptReport): string {
  const note = attempt.made === false ? ' (not tried)' : '';
  if (attempt.outcome === 'allowed') return `✅ allowed${note}`;
  const action = culpritOf(attempt)?.action ?? '';
  return `${attempt.outcome === 'denied' ? '❌' : '❔'} \`${action}\`${note}`;
}

/** A finding as an item of a list. */
export function item({ severity, code, message, next, file, line, column }: Remark): string {
  const at = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`;
  const place = file === null ? '' : ` (\`${file}${at}\`)`;
  const todo = next === null ? '' : `. To do: ${next}`;
  return `- **${severity}** \`${code}\`: ${escaped(message)}${escaped(todo)}${place}`;
}

/** Keeps backticks, which our sentences use as Markdown does; nothing else of a user's text may become markup. */
function escaped(text: string): string {
  return plainText(text)
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[\\*_<>[\]|]/g, '\\$&')))
    .join('');
}
