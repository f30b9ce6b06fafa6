/**
 * All rows of cases/policy as one test for each file: for a mutant's run a task for each row would cost more than what
 * the rows ask. The number of rows in the name tells Stryker's incremental mode that there are new ones.
 */
import { test } from 'vitest';
import conditionRows from '../../cases/policy/conditions.json' with { type: 'json' };
import { checkCondition, type ConditionCase } from '../policy/condition-case.ts';
import { checkRequest, requestCases } from '../policy/request-case.ts';

for (const { file, rows } of requestCases()) {
  test(`${file}: all ${String(rows.length)} rows hold`, () => rows.forEach(checkRequest));
}

test(`conditions.json: all ${String(conditionRows.length)} rows hold`, () =>
  (conditionRows as readonly unknown[] as readonly ConditionCase[]).forEach(checkCondition));
