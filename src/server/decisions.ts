/**
 * The audit trail: every decision that was made, newest first, bounded. What a client may not be told stands here.
 * spec: SRV-AUDIT-1, SRV-AUDIT-2
 */
import { decisionMessage } from '../explain/message.ts';
import type { Decision, StatementTrace } from '../policy/decision.ts';
import type { Permission } from '../services/operation.ts';

/** Plain JSON data. */
export interface RecordedDecision {
  readonly id: string;
  readonly requestId: string;
  /** By the server's clock, ISO 8601. */
  readonly at: string;
  readonly service: string;
  readonly operation: string;
  /** As AWS prints it after `User: `. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: Decision['outcome'];
  readonly reason: Decision['reason'];
  readonly message: string;
  readonly layers: Decision['layers'];
  readonly statements: readonly RecordedStatement[];
  readonly unknown: readonly string[];
}

interface RecordedStatement {
  readonly source: string;
  readonly label: string;
  readonly sid: string | null;
  readonly pointer: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: StatementTrace['matched'];
  readonly because: string;
}

/** What is kept of one decision; the rest is worked out when somebody asks. */
export interface DecisionEntry {
  readonly id: string;
  readonly requestId: string;
  readonly atMillis: number;
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly permission: Permission;
  readonly decision: Decision;
}

export interface DecisionTrail {
  add(entry: DecisionEntry): void;
  /** Newest first: those older than `after`, or the newest. `null`: `after` is not (or no longer) here. */
  list(options: {
    readonly limit: number;
    readonly after: string | null;
  }): readonly RecordedDecision[] | null;
  find(id: string): RecordedDecision | null;
  clear(): void;
}

/** How many decisions are kept: the oldest give way. */
export const decisionTrailMaxCount = 10_000;

export function decisionTrail(maxCount: number = decisionTrailMaxCount): DecisionTrail {
  // A map keeps the order of insertion, so its first key is the oldest.
  const entries = new Map<string, DecisionEntry>();
  return {
    add: (entry) => {
      entries.set(entry.id, entry);
      const oldest = entries.keys().next();
      if (entries.size > maxCount && !oldest.done) entries.delete(oldest.value);
    },
    list: ({ limit, after }) => {
      const newestFirst = [...entries.values()].reverse();
      if (after === null) return newestFirst.slice(0, limit).map(recorded);
      const at = newestFirst.findIndex(({ id }) => id === after);
      return at === -1 ? null : newestFirst.slice(at + 1, at + 1 + limit).map(recorded);
    },
    find: (id) => {
      const entry = entries.get(id);
      return entry ? recorded(entry) : null;
    },
    clear: () => entries.clear(),
  };
}

function recorded({ decision, permission, atMillis, ...entry }: DecisionEntry): RecordedDecision {
  const { action, resource } = permission;
  const { outcome, reason, layers, unknown } = decision;
  return {
    ...entry,
    at: new Date(atMillis).toISOString(),
    action,
    resource,
    outcome,
    reason,
    message: decisionMessage(decision, { action }),
    layers,
    statements: decision.statements.map(recordedStatement),
    unknown,
  };
}

function recordedStatement(statement: StatementTrace): RecordedStatement {
  const { policy, sid, pointer, effect, matched, because } = statement;
  const place = policy.locate(pointer);
  return {
    source: policy.source,
    label: policy.label,
    sid,
    pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
    effect,
    matched,
    because,
  };
}
