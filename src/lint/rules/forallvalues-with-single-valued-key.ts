import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts } from '../condition-key.ts';
import { claimConditions } from '../federation.ts';

/** spec: LINT-AA-1 */
export const forallvaluesWithSingleValuedKey = accessAnalyzerRule({
  code: 'forallvalues-with-single-valued-key',
  issueCode: 'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
  severity: 'security-warning',
  title: 'ForAllValues on a key that has one value',
  why: 'ForAllValues is true where the key is absent. On a key with one value it widens an Allow to every request that lacks the key.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
          },
        ],
        at: ['/Statement/0/Condition/ForAllValues:StringEquals/aws:PrincipalOrgID'],
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
            Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const statement of policy.statements) {
      const claims = ['aud', 'sub'].flatMap((claim) => claimConditions(statement, claim));
      for (const condition of statement.conditions) {
        if (condition.qualifier !== 'ForAllValues') continue;
        const facts = conditionKeyFacts(condition.key, authorization);
        const isSingle = typeof facts === 'string' ? claims.includes(condition) : !facts.isMultivalued;
        if (!isSingle) continue;
        yield {
          pointer: condition.pointer,
          message: `${typeof facts === 'string' ? condition.key : facts.name} has one value, and \`${condition.operator}\` is also true where it is absent`,
          next: `write \`${condition.base}${condition.ifExists ? 'IfExists' : ''}\``,
        };
      }
    }
  },
});
