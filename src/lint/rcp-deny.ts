/** What RCPs have to ask beside a key that only some callers carry: they apply to people and to AWS's services alike. */
import type { ConditionAt, PolicyView, StatementView } from './policy-view.ts';
import { conditionsOn } from './statement-scope.ts';

/** A test that limits a Deny: one of the keys has this value, true or false. */
export interface Restraint {
  readonly keys: readonly string[];
  readonly value: 'true' | 'false';
  /** `Null`: asks for the presence of the key; else for its value. */
  readonly isNull: boolean;
}

/** The first condition of each Deny that asks for such a key where the statement has no such restraint. */
export function* unrestrainedDenies(
  { statements }: PolicyView,
  asks: (condition: ConditionAt) => boolean,
  restraint: Restraint,
): Iterable<{ readonly statement: StatementView; readonly asked: ConditionAt }> {
  for (const statement of statements) {
    const asked = statement.effect === 'Deny' ? statement.conditions.find(asks) : undefined;
    if (asked !== undefined && !isRestrained(statement, restraint)) yield { statement, asked };
  }
}

function isRestrained(statement: StatementView, { keys, value, isNull }: Restraint): boolean {
  return keys
    .flatMap((key) => conditionsOn(statement, key))
    .some(
      ({ base, values }) =>
        (base === 'Null') === isNull && values.every(({ text }) => text.toLowerCase() === value),
    );
}

/** Keys that only requests of service principals carry. */
export const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
]);
