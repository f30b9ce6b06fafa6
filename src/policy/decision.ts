import type { ReasonCode } from './reasons.ts';

export type Outcome = 'allowed' | 'denied' | 'unknown';

export type LayerName =
  'identity' | 'resource' | 'grant' | 'boundary' | 'session' | 'scp' | 'rcp' | 'vpc-endpoint';

export type LayerOutcome = 'allow' | 'explicit-deny' | 'implicit-deny' | 'not-applicable' | 'unknown';

/** Where a policy stands in the user's documents. `pointer` of statements are relative to this policy. */
export interface PolicySource {
  /** `keys[0].policy`: the place in the setup; in the server the ARN of what carries the policy. */
  readonly source: string;
  /** The owner in a person's words: `the key policy`, `the role's inline policy "delivery"`. */
  readonly label: string;
  readonly file: string | null;
  /** Line and column (from 1) of a node of the policy, or `null` where the text is not at hand. */
  locate(pointer: string): { readonly line: number; readonly column: number } | null;
  /** The policy's own ARN, where it has one (managed policies, SCPs). */
  readonly arn?: string;
}

/** One statement's part in a decision, with what kept it from matching. The trace that `explain` renders. */
export interface StatementTrace {
  readonly layer: LayerName;
  readonly policy: PolicySource;
  readonly pointer: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: 'yes' | 'no' | 'unknown';
  /** One sentence fragment a person can act on, e.g. `Condition StringEquals aws:SourceAccount: "1..." is not "2..."`. Empty when it matched plainly. */
  readonly because: string;
  /** The elements that did not match (or are unknown), in the order the engine tests them. */
  readonly mismatches: readonly Mismatch[];
}

export interface Mismatch {
  readonly element: 'principal' | 'action' | 'resource' | 'condition' | 'statement';
  readonly match: 'no' | 'unknown';
  /** Relative to the policy: `/Statement/0/Condition/StringEquals/aws:SourceAccount`. */
  readonly pointer: string;
  readonly operator?: string;
  readonly key?: string;
  /** What the policy says. */
  readonly expected: readonly string[];
  /** What the request has; `null`: the key is absent. */
  readonly found: readonly string[] | null;
  /** Where unknown: why. */
  readonly unknown?: string;
}

export interface LayerDecision {
  readonly layer: LayerName;
  readonly outcome: LayerOutcome;
}

/** What the engine returns for one request. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly layers: readonly LayerDecision[];
  /** Those that decided; where nothing allowed, those that came closest. */
  readonly statements: readonly StatementTrace[];
  /** The context keys, policies or facts that would settle an unknown outcome. Empty unless `unknown`. */
  readonly unknown: readonly string[];
}
