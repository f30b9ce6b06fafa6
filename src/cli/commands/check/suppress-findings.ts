/** Findings that the project lives with, taken out of the reports. */
import { applySuppressions, type Suppression } from '../../../lint/suppression.ts';
import { matchesPattern } from '../../../lint/wildcard.ts';
import type { NamedReport } from '../../formats.ts';
import type { SettingsFile } from '../../settings-file.ts';
import type { SourceFiles } from '../../source-files.ts';

/**
 * The reports without what the settings suppress. A suppression that no report needs is told in the first of them,
 * unless it is about a file that was not read: other setups of the project may need it.
 * spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2
 */
export async function suppressFindings(
  reports: readonly NamedReport[],
  settings: SettingsFile,
  files: SourceFiles,
): Promise<readonly NamedReport[]> {
  const relativePath = (file: string): string => settings.relativePath(file);
  const isJudged = ({ report }: NamedReport): boolean => report.verdict !== null;
  const all = reports.flatMap(({ report }) => (report.verdict === null ? [] : report.findings));
  const { suppressed, unused } = applySuppressions(all, settings, relativePath);
  const hidden = new Set(suppressed.map(({ finding }) => finding));
  const read = files.names().map(relativePath);
  const concerning = unused.filter(({ pointer }) => concerns(suppressionAt(pointer, settings), read));
  if (concerning.length > 0) await files.read(settings.file);
  const first = reports.find(isJudged);
  return reports.map((named) => {
    const { report } = named;
    if (report.verdict === null) return named;
    const findings = report.findings.filter((finding) => !hidden.has(finding));
    return {
      ...named,
      suppressed: suppressed.filter(({ finding }) => report.findings.includes(finding)),
      report: { ...report, findings: named === first ? [...findings, ...concerning] : findings },
    };
  });
}

/** `/suppressions/3`, the place of an unused one. */
function suppressionAt(pointer: string, { suppressions }: SettingsFile): Suppression | undefined {
  return suppressions[Number(pointer.slice(pointer.lastIndexOf('/') + 1))];
}

function concerns(suppression: Suppression | undefined, read: readonly string[]): boolean {
  const path = suppression?.path;
  return path === undefined || read.some((file) => matchesPattern(path, file));
}
