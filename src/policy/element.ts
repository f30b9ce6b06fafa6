/**
 * One element of a compiled statement: a test, and what an explanation shows of it. The explanation runs the same
 * test, so that it cannot disagree with the decision.
 */
import type { Match } from './match.ts';
import type { Question } from './question.ts';

export interface CompiledElement {
  readonly element: 'principal' | 'action' | 'resource' | 'condition' | 'statement';
  /** Relative to the policy. */
  readonly pointer: string;
  readonly member: string;
  readonly operator?: string;
  /** The condition key as the policy spells it. */
  readonly key?: string;
  /** What the policy says. */
  readonly expected: readonly string[];
  test(question: Question): Match;
  /** What the request has; `null`: the key is absent or unknown. Only asked by explanations. */
  found(question: Question): readonly string[] | null;
  /** What would settle a test that answered `maybe`. Only asked by explanations. */
  unknowns(question: Question): readonly Unknown[];
}

/** Something that is not known: a condition key, or what AWS does not document. */
export type Unknown =
  | { readonly kind: 'key'; readonly key: string; readonly why: string }
  | { readonly kind: 'undocumented'; readonly why: string };
