/** What linting one file comes to, a policy or a setup document. */
import type { Finding } from '../lint/finding.ts';
import type { Fault } from '../policy/document/fault.ts';

export type LintedFile =
  | { readonly ok: true; readonly findings: readonly Finding[]; readonly fixed: readonly string[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A policy that needs more fixes than this has a rule that undoes its own work. */
export const fixesMax = 1000;
