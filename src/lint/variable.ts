/** Policy variables as they stand in a policy's texts. */
import type { PolicyView, TextAt } from './policy-view.ts';

export interface VariableAt {
  /** What stands between the braces; `null`: the brace is never closed. */
  readonly inner: string | null;
  readonly text: TextAt;
}

/** Every `${` of a text, in order. */
export function variablesOf(text: TextAt): readonly VariableAt[] {
  const found: VariableAt[] = [];
  for (let at = text.text.indexOf('${'); at !== -1; at = text.text.indexOf('${', at + 2)) {
    const end = text.text.indexOf('}', at);
    found.push({ inner: end === -1 ? null : text.text.slice(at + 2, end), text });
  }
  return found;
}

/** The texts in which variables are meant to stand: resources and condition values. */
export function variablePlaces(policy: PolicyView): readonly TextAt[] {
  return policy.statements.flatMap((statement) => [
    ...(statement.resources ?? []),
    ...(statement.notResources ?? []),
    ...statement.conditions.flatMap((condition) => condition.values),
  ]);
}
