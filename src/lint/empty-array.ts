/** Empty lists where a statement should name something. */
import type { LintContext, RuleFinding } from './lint-rule.ts';
import type { ConditionAt, PolicyView, StatementView } from './policy-view.ts';

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

/** How a condition without values is read: the set prefix counts before `IfExists`. */
type EmptyCondition = 'plain' | 'ForAllValues' | 'ForAnyValue' | 'IfExists';

/** Each condition of this kind that compares with an empty list. */
export function emptyConditions({ statements }: PolicyView, kind: EmptyCondition): readonly ConditionAt[] {
  return statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ isList, values }) => isList && values.length === 0)
    .filter(({ qualifier, ifExists }) => (qualifier ?? (ifExists ? 'IfExists' : 'plain')) === kind);
}

function isEmptyList(statement: StatementView, element: ListElement): boolean {
  const value = statement.value[element];
  return Array.isArray(value) && value.length === 0;
}
