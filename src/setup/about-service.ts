/**
 * A policy of AWS without the actions that can't concern a request to `service`: some list thousands, of which a
 * delivery asks a dozen. Statements keep their places; the decision on an action of `service` is the same.
 */
export function aboutService(
  document: Readonly<Record<string, unknown>>,
  service: string,
): Readonly<Record<string, unknown>> {
  const { Statement: statements } = document;
  if (!Array.isArray(statements)) return document;
  return {
    ...document,
    Statement: statements.map((statement: unknown) => {
      if (typeof statement !== 'object' || statement === null || !('Action' in statement)) return statement;
      const { Action: actions } = statement;
      if (!Array.isArray(actions)) return statement;
      const kept = actions.filter((action) => concerns(action, service));
      // A statement must name an action: one of another service says as little about this one.
      return { ...statement, Action: kept.length === 0 ? actions.slice(0, 1) : kept };
    }),
  };
}

/** Whether an action element may name an action of the service: its own prefix, or a pattern. */
function concerns(action: unknown, service: string): boolean {
  if (typeof action !== 'string') return true;
  const prefix = action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
  return prefix === '' || prefix === service || /[*?]/.test(prefix);
}
