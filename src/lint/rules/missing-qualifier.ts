import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts } from '../condition-key.ts';

/** spec: LINT-AA-1 */
export const missingQualifier = accessAnalyzerRule({
  code: 'missing-qualifier',
  issueCode: 'MISSING_QUALIFIER',
  severity: 'error',
  title: 'a key with several values without ForAllValues or ForAnyValue',
  why: 'AWS does not say how a plain operator compares several values. The outcome is unknown.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:TagKeys': 'team' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:TagKeys'],
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
            Condition: {
              'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' },
              Null: { 'aws:PrincipalOrgPaths': 'false' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.qualifier !== null || condition.base === 'Null') continue;
      const facts = conditionKeyFacts(condition.key, authorization);
      if (typeof facts === 'string' || !facts.isMultivalued || listedAsSeveral.has(condition.keyName))
        continue;
      yield {
        pointer: condition.pointer,
        message: `${facts.name} has several values, and AWS does not say how a plain \`${condition.operator}\` compares them`,
        next: `write \`ForAnyValue:${condition.operator}\` or \`ForAllValues:${condition.operator}\``,
      };
    }
  },
});

// The data list them with several values; AWS's own policies compare them plainly, as requests carry one.
const listedAsSeveral: ReadonlySet<string> = new Set(['events:detail-type']);
