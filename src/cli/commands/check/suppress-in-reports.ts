/** Findings that the project lives with, taken out of the reports. */
import type { Fault } from '../../../policy/document/fault.ts';
import type { NamedReport } from '../../formats.ts';
import type { SuppressionSources } from '../../suppressions/suppress.ts';

export type ReportsWithoutSuppressed =
  | {
      readonly ok: true;
      readonly reports: readonly NamedReport[];
      readonly hasUnused: boolean;
      readonly baselineText: string | null;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * The reports without what is suppressed. A suppression that no report needs is told in the first of them.
 * spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2
 */
export async function suppressInReports(
  reports: readonly NamedReport[],
  sources: SuppressionSources,
): Promise<ReportsWithoutSuppressed> {
  const { suppress } = await import('../../suppressions/suppress.ts');
  const lists = reports.map(({ report }) => (report.verdict === null ? [] : report.findings));
  const result = await suppress(lists, sources);
  if (!result.ok) return result;
  const { unused, baselineText } = result;
  const first = reports.find(({ report }) => report.verdict !== null);
  return {
    ok: true,
    hasUnused: unused.length > 0,
    baselineText,
    reports: reports.map((named, i) => {
      const { report } = named;
      const list = result.lists[i];
      if (report.verdict === null || list === undefined) return named;
      const findings = named === first ? [...list.findings, ...unused] : list.findings;
      return { ...named, suppressed: list.suppressed, report: { ...report, findings } };
    }),
  };
}
