import type { Severity } from '../lint/finding.ts';
import type { CompiledSetup } from '../setup/compile-setup.ts';
import type { Judgement } from './judge.ts';

/**
 * One rule about a whole delivery: what can't be seen in a single policy. One file in `findings/`, one line in
 * `findings.ts`. Pure; it never changes an outcome.
 */
export interface DeliveryRule {
  /** Kebab-case noun for the fault; the file's name. */
  readonly code: string;
  readonly severity: Severity;
  /** The fault, one clause, lower case, no full stop. */
  readonly title: string;
  /** What follows from it: a sentence or two. */
  readonly why: string;
  readonly url: string;
  find(judgement: Judgement, compiled: CompiledSetup): Iterable<DeliveryFinding>;
}

export interface DeliveryFinding {
  /** Where one rule stands for several faults: the code of this one. */
  readonly code?: string;
  readonly severity?: Severity;
  /** One sentence without full stop. */
  readonly message: string;
  readonly next?: string;
  /** The place in the setup: `keys[0].policy`, `deliveryChannel.s3KmsKeyArn`. */
  readonly source: string;
  /** Relative to the policy, `''` for the whole. */
  readonly pointer: string;
}
