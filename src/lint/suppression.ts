/** Findings that somebody decided to live with. Each suppression says why; one that no longer applies is told. */
import type { Finding } from './finding.ts';

/** What leaves findings out, wherever it is written: in the settings, in a baseline, beside the text itself. */
export interface Suppression {
  readonly code: string;
  readonly reason: string;
  /** As SARIF calls it: in the text that the finding is about, or elsewhere. */
  readonly kind: 'inSource' | 'external';
  /** Where the suppression stands: its file, and what is there. */
  readonly place: SuppressionPlace;
  /** Whether it leaves out one finding only, as an entry of a baseline does. */
  readonly isForOne: boolean;
  covers(finding: Finding): boolean;
}

export type SuppressionPlace = Pick<Finding, 'file' | 'pointer' | 'line' | 'column'>;

export interface Suppressed {
  readonly finding: Finding;
  readonly suppression: Suppression;
}

/**
 * The findings that remain, those that were suppressed and by what, and the suppressions that matched nothing.
 *
 * spec: LINT-SUPPRESS-1
 */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): {
  readonly remaining: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly unused: readonly Suppression[];
} {
  const used = new Set<Suppression>();
  const remaining: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const suppression = suppressions.find(
      (candidate) =>
        candidate.code === finding.code &&
        !(candidate.isForOne && used.has(candidate)) &&
        candidate.covers(finding),
    );
    if (suppression === undefined) remaining.push(finding);
    else {
      used.add(suppression);
      suppressed.push({ finding, suppression });
    }
  }
  return { remaining, suppressed, unused: suppressions.filter((suppression) => !used.has(suppression)) };
}

/** Tells of a suppression that matched nothing. spec: LINT-SUPPRESS-2 */
export function unusedSuppression({ code, place }: Suppression): Finding {
  return {
    code: 'unused-suppression',
    severity: 'warning',
    message: `no finding \`${code}\` is suppressed by this entry any more`,
    next: 'remove the entry',
    url: null,
    source: place.file ?? '-',
    ...place,
    fix: null,
  };
}
