/**
 * What `check` says, as it is printed by `--format json`. Members are a contract: they are only added to, and
 * `schemaVersion` counts every change that could break a reader.
 */
import type { Finding, PatchOperation } from '../lint/finding.ts';
import type { Outcome } from '../policy/decision.ts';
import type { ReasonCode } from '../policy/reasons.ts';
import type { StatementDocument } from '../setup/statement-document.ts';
import type { ObstacleCode } from './obstacles.ts';
import type { Identity, PhaseName, Requirement } from './plan.ts';

export type Verdict = 'delivers' | 'fails' | 'unknown';

export interface Report {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  /** As whom the files are delivered; `null`: they are not, or it is not known as whom. */
  readonly deliveredAs: Identity | null;
  /** Defaults of AWS that were taken because the setup is silent, where another value could change the verdict. */
  readonly assumed: readonly string[];
  /** A phase that doesn't apply is left out. */
  readonly phases: readonly PhaseReport[];
  readonly findings: readonly Finding[];
  /** `null`: nothing to mend, or only what was not given decides. */
  readonly fix: SmallestFix | null;
}

/** Stands in a list of reports for a setup that could not be judged. */
export interface FailedReport {
  readonly schemaVersion: 1;
  readonly verdict: null;
  readonly errors: readonly ReportError[];
}

export interface ReportError {
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Within the document. */
  readonly pointer?: string;
  /** What to do, an imperative. */
  readonly next?: string | null;
}

export interface PhaseReport {
  readonly phase: PhaseName;
  readonly outcome: Outcome;
  readonly deliveredAs: Identity | null;
  /** As role, then as service principal; both always. */
  readonly attempts: readonly AttemptReport[];
}

export interface AttemptReport {
  readonly identity: Identity;
  /** The ARN of the role's session, or the service principal's name. */
  readonly principal: string;
  /** Whether AWS would make this attempt; `null`: not known. */
  readonly made: boolean | null;
  readonly outcome: Outcome;
  readonly steps: readonly StepReport[];
}

export interface StepReport {
  readonly action: string;
  readonly resource: string;
  readonly required: Requirement;
  readonly outcome: Outcome;
  readonly reason: StepReason;
  /** One sentence that a person can act on. */
  readonly message: string;
  /** Those that decided; where nothing allowed, those that came closest. */
  readonly statements: readonly StatementDocument[];
  /** What would settle an unknown outcome. */
  readonly unknown: readonly string[];
}

export type StepReason = ReasonCode | ObstacleCode;

export interface SmallestFix {
  /** Whether the changed setup was judged again and delivers. */
  readonly verified: boolean;
  readonly changes: readonly PolicyChange[];
  /** What no edit of the user's policies can mend. */
  readonly blockedBy?: readonly Blocker[];
}

export interface PolicyChange {
  /** `keys[0].policy`. */
  readonly target: string;
  readonly file: string | null;
  readonly summary: string;
  /** RFC 6902, relative to the policy. */
  readonly patch: readonly PatchOperation[];
  readonly unifiedDiff: string;
  /** Where the policy is made of something else, a plan or a template: what to write there. */
  readonly paste?: StatementsToPaste;
}

export interface StatementsToPaste {
  readonly language: 'terraform' | 'cloudformation';
  /** Of the resource that the statements belong to; `null`: none was found in what was read. */
  readonly address: string | null;
  /** The statements as they are to be, new ones and those that change, in the language of the file. */
  readonly text: string;
  /** Values in the text that stand for what is not made yet, by their place in the setup: `keys[0]`. */
  readonly standsFor: readonly { readonly value: string; readonly source: string }[];
}

export interface Blocker {
  readonly source: string;
  readonly owner: string;
  readonly summary: string;
}
