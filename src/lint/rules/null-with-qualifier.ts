import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const nullWithQualifier = accessAnalyzerRule({
  code: 'null-with-qualifier',
  issueCode: 'NULL_WITH_QUALIFIER',
  severity: 'suggestion',
  title: 'Null with a set operator',
  why: 'ForAllValues:Null is always true and ForAnyValue:Null always false, whatever the request carries.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { 'ForAllValues:Null': { 'aws:TagKeys': 'true' } },
          },
        ],
        at: ['/Statement/0/Condition/ForAllValues:Null/aws:TagKeys'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { Null: { 'aws:TagKeys': 'true' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'Null' || condition.qualifier === null) continue;
      const always = condition.qualifier === 'ForAllValues' ? 'true' : 'false';
      yield {
        pointer: condition.pointer,
        message: `\`${condition.operator}\` is always ${always}, whatever the request carries`,
        next: 'write `Null`',
      };
    }
  },
});
