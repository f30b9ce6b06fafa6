/**
 * A policy as it was written, after the grammar has been checked: every element with its place, nothing interpreted.
 * Pointers are JSON pointers relative to the policy (`/Statement/0/Condition/StringEquals/aws:SourceAccount`).
 */
export interface PolicyDocument {
  /** `null`: the member is absent, which means `2008-10-17`. */
  readonly version: PolicyVersion | null;
  readonly id: string | null;
  readonly statements: readonly Statement[];
}

export type PolicyVersion = '2012-10-17' | '2008-10-17';

export interface Statement {
  /** `/Statement/0`, or `/Statement` where the statement stands alone, without a list. */
  readonly pointer: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** Principal or NotPrincipal; `null`: the statement has neither. */
  readonly principal: PrincipalElement | null;
  /** Action or NotAction; `null` only in key policies, where AWS stores such a statement and it has no effect. */
  readonly action: PatternElement | null;
  /** Resource or NotResource; `null`: the statement has neither. */
  readonly resource: PatternElement | null;
  readonly conditions: readonly ConditionEntry[];
  /** What makes the statement as a whole undecidable, beyond its elements. */
  readonly defects: readonly StatementDefect[];
}

export interface PatternElement {
  /** NotAction, NotResource. */
  readonly isNegated: boolean;
  readonly pointer: string;
  readonly values: readonly PolicyValue[];
}

export interface PrincipalElement {
  /** NotPrincipal. */
  readonly isNegated: boolean;
  readonly pointer: string;
  readonly entries: readonly PrincipalEntry[];
}

export type PrincipalType = 'AWS' | 'Federated' | 'Service' | 'CanonicalUser';

export interface PrincipalEntry {
  /** `*`: the bare star instead of an object. */
  readonly type: PrincipalType | '*';
  readonly text: string;
  readonly pointer: string;
}

/** One operator with one key: `Condition: { operator: { key: values } }`. */
export interface ConditionEntry {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** As written: `AWS:SourceAccount`. */
  readonly key: string;
  readonly pointer: string;
  readonly values: readonly PolicyValue[];
  readonly isList: boolean;
}

export interface PolicyValue {
  /** What is compared: numbers and Booleans as their text. */
  readonly text: string;
  /** As it stood in JSON. */
  readonly raw: string | number | boolean;
  readonly pointer: string;
}

export interface StatementDefect {
  readonly pointer: string;
  readonly why: string;
}

/** A member's name or an index as a step of a JSON pointer (RFC 6901). */
export function pointerStep(name: string): string {
  // Nearly every name has neither, and this is asked for every node.
  if (!name.includes('~') && !name.includes('/')) return name;
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
