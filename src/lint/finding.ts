/** Something worth telling about a policy or a setup, with a stable code and a place. */
export interface Finding {
  /** Kebab-case noun for the fault; once released it is never reused for another meaning. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is wrong and what follows from it; the user's text in backticks. */
  readonly message: string;
  /** What to write or change, an imperative; `null`: the message says it all. */
  readonly next: string | null;
  /** The page of AWS (or the chapter of ours) that says why. */
  readonly url: string | null;
  /** Where the policy stands: `keys[0].policy`, or the file's name. */
  readonly source: string;
  readonly file: string | null;
  /** Relative to the policy that `source` names; `''`: the policy itself. */
  readonly pointer: string;
  /** From 1; `null` where the text is not at hand. */
  readonly line: number | null;
  readonly column: number | null;
  /** A change that is safe to make without asking, or `null`. */
  readonly fix: FindingFix | null;
}

export interface FindingFix {
  readonly summary: string;
  /** RFC 6902, relative to the policy. */
  readonly patch: readonly PatchOperation[];
}

export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** From the gravest to the mildest. */
export const severities = ['error', 'security-warning', 'warning', 'suggestion'] as const;

export type Severity = (typeof severities)[number];

/** Whether `severity` is as grave as `threshold` or graver. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

/** The order of a report: by source, then by place in it, graver first. Stable. */
export function inReportOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.file ?? a.source, b.file ?? b.source) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
