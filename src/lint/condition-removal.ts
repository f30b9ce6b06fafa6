/** Takes a condition out of a statement, and what would be left empty around it. */
import type { FindingFix } from './finding.ts';
import type { ConditionAt, StatementView } from './policy-view.ts';

/** A fix that removes the condition: safe only where it always holds. */
export function withoutCondition(statement: StatementView, condition: ConditionAt): FindingFix {
  const operatorPointer = condition.pointer.slice(0, condition.pointer.lastIndexOf('/'));
  const isAloneUnderOperator =
    statement.conditions.filter(({ operator }) => operator === condition.operator).length === 1;
  const path =
    statement.conditions.length === 1
      ? `${statement.pointer}/Condition`
      : isAloneUnderOperator
        ? operatorPointer
        : condition.pointer;
  return { summary: `remove the condition on ${condition.key}`, patch: [{ op: 'remove', path }] };
}
