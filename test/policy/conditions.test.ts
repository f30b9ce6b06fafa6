import { describe, test } from 'vitest';
import conditionRows from '../../cases/policy/conditions.json' with { type: 'json' };
import { checkCondition, type ConditionCase } from './condition-case.ts';

describe('cases/policy/conditions.json', () => {
  test.each(conditionRows as readonly unknown[] as readonly ConditionCase[])('$name', checkCondition);
});
