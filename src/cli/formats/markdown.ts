/** Markdown for a comment on a pull request. */
import type { AttemptReport, Report, SmallestFix } from '../../delivery/report.ts';
import type { NamedReport, ReportFormat } from '../formats.ts';
import { plainText } from '../visible-text.ts';
import { culpritOf, remarksOf, verdictSentence, type Remark } from './report-lines.ts';

export const markdown: ReportFormat = {
  render(reports, { isFixShown }) {
    return reports.map((named) => section(named, isFixShown)).join('\n');
  },
};

const marks = { delivers: '✅', fails: '❌', unknown: '❔' } as const;

function section(named: NamedReport, isFixShown: boolean): string {
  const { report } = named;
  const mark = report.verdict === null ? '⚠️' : marks[report.verdict];
  const parts = [
    `### ${mark} ${escaped(verdictSentence(named))}`,
    ...(report.verdict === null ? [] : [table(report)]),
    remarksOf(named).map(item).join('\n'),
    ...(report.verdict === null || report.fix === null || !isFixShown ? [] : fixParts(report.fix)),
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

/** The change as GitHub colours it, or who has to act. */
function fixParts({ changes, blockedBy = [] }: SmallestFix): readonly string[] {
  return [
    ...changes.flatMap(({ summary, unifiedDiff, paste }) => [
      `**Fix**: ${escaped(summary)}`,
      paste === undefined
        ? fenced('diff', unifiedDiff)
        : fenced(paste.language === 'terraform' ? 'hcl' : 'yaml', paste.text),
    ]),
    ...blockedBy.map(
      ({ summary, source, owner }) =>
        `**No edit of the policies mends this**: ${escaped(summary)} (\`${source}\`, up to ${escaped(owner)})`,
    ),
  ];
}

/** A block that no backticks within can end. */
function fenced(language: string, content: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${plainText(content).trimEnd()}\n${fence}`;
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
