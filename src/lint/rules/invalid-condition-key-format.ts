import { nearestName } from '../../explain/nearest-name.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { globalKeyNames } from '../condition-key.ts';

/** spec: LINT-AA-1 */
export const invalidConditionKeyFormat = accessAnalyzerRule({
  code: 'invalid-condition-key-format',
  issueCode: 'INVALID_CONDITION_KEY_FORMAT',
  severity: 'error',
  title: 'a condition key without a prefix',
  why: 'A condition key is `service:name`. A name alone is no key, so no request carries it.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { SourceAccount: '111122223333' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/SourceAccount'],
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
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (/^[^\s:]+:\S.*$/.test(condition.key)) continue;
      const nearest = nearestName(`aws:${condition.key}`, globalKeyNames);
      yield {
        pointer: condition.pointer,
        message: `\`${condition.key}\` is no condition key: it has no prefix, so no request carries it`,
        next: nearest === null ? 'write the prefix of the service before it' : `write \`${nearest}\``,
      };
    }
  },
});
