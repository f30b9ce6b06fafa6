/** Findings that somebody decided to live with. Each suppression says why; one that no longer applies is told. */
import type { Finding } from './finding.ts';
import { matchesPattern } from './wildcard.ts';

export interface Suppression {
  readonly code: string;
  /** Pattern of the finding's file, relative to the settings file; absent: any. */
  readonly path?: string | undefined;
  /** Pattern of the place of the policy, such as `keys[0].policy`; absent: any. */
  readonly source?: string | undefined;
  /** Pattern of the pointer within the policy; absent: any. */
  readonly pointer?: string | undefined;
  readonly reason: string;
}

/** Suppressions as they stand in a settings file. */
export interface SuppressionList {
  readonly file: string;
  readonly suppressions: readonly Suppression[];
  locate(pointer: string): { readonly line: number; readonly column: number } | null;
}

export interface Suppressed {
  readonly finding: Finding;
  readonly suppression: Suppression;
}

/**
 * The findings that remain, those that were suppressed and by what, and a finding for each suppression that matched
 * nothing (its code is `unused-suppression`).
 *
 * @param relativePath how the settings file would write a finding's file
 * spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2
 */
export function applySuppressions(
  findings: readonly Finding[],
  list: SuppressionList,
  relativePath: (file: string) => string,
): {
  readonly remaining: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly unused: readonly Finding[];
} {
  const used = new Set<Suppression>();
  const remaining: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const suppression = list.suppressions.find((candidate) => matches(candidate, finding, relativePath));
    if (suppression === undefined) remaining.push(finding);
    else {
      used.add(suppression);
      suppressed.push({ finding, suppression });
    }
  }
  const unused = list.suppressions.flatMap((suppression, index) =>
    used.has(suppression) ? [] : [unusedFinding(suppression, index, list)],
  );
  return { remaining, suppressed, unused };
}

function matches(
  suppression: Suppression,
  finding: Finding,
  relativePath: (file: string) => string,
): boolean {
  const { code, path, source, pointer } = suppression;
  if (code !== finding.code) return false;
  if (path !== undefined && (finding.file === null || !matchesPattern(path, relativePath(finding.file))))
    return false;
  if (source !== undefined && !matchesPattern(source, finding.source)) return false;
  return pointer === undefined || matchesPattern(pointer, finding.pointer);
}

function unusedFinding(suppression: Suppression, index: number, list: SuppressionList): Finding {
  const pointer = `/suppressions/${String(index)}`;
  const place = list.locate(pointer);
  return {
    code: 'unused-suppression',
    severity: 'warning',
    message: `no finding \`${suppression.code}\` is suppressed by this entry any more`,
    next: 'remove the entry',
    url: null,
    source: list.file,
    file: list.file,
    pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
    fix: null,
  };
}
