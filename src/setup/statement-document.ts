/** A statement that took part in a decision, where it stands in the user's own text: as reports and decisions print it. */
import type { StatementTrace } from '../policy/decision.ts';

export interface StatementDocument {
  /** The place of the policy in the setup, `keys[0].policy`, or the ARN of one that AWS publishes. */
  readonly source: string;
  readonly file: string | null;
  readonly sid: string | null;
  /** Relative to the policy that `source` names. */
  readonly pointer: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly effect: 'Allow' | 'Deny';
  /** `null`: unknown. */
  readonly matched: boolean | null;
  /** What kept it from matching; empty where nothing did. */
  readonly because: string;
}

/** A statement of a trace as plain data. */
export function statementDocument(trace: StatementTrace): StatementDocument {
  const { policy, pointer, sid, effect, matched, because } = trace;
  const place = policy.locate(pointer);
  return {
    source: policy.source,
    file: policy.file,
    sid,
    pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
    effect,
    matched: matched === 'unknown' ? null : matched === 'yes',
    because,
  };
}
