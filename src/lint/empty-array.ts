/** Empty lists where a statement should name something. */
import type { LintContext, RuleFinding } from './lint-rule.ts';
import type { StatementView } from './policy-view.ts';

type ListElement = 'Action' | 'NotAction' | 'Resource' | 'NotResource';

/** Each of these elements that is an empty list. */
export function* emptyArrays(
  { policy }: LintContext,
  elements: readonly ListElement[],
  what: string,
): Iterable<RuleFinding> {
  for (const statement of policy.statements) {
    for (const element of elements) {
      if (!isEmptyList(statement, element)) continue;
      yield {
        pointer: `${statement.pointer}/${element}`,
        message: `the ${element} is an empty list, so the statement is about no ${what}`,
        next: `name the ${what}s, or remove the statement`,
      };
    }
  }
}

function isEmptyList(statement: StatementView, element: ListElement): boolean {
  const value = statement.value[element];
  return Array.isArray(value) && value.length === 0;
}
