import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const missingTagKeyInCondition = accessAnalyzerRule({
  code: 'missing-tag-key-in-condition',
  issueCode: 'MISSING_TAG_KEY_IN_CONDITION',
  severity: 'error',
  title: 'a tag condition without the name of the tag',
  why: 'aws:ResourceTag, aws:RequestTag and aws:PrincipalTag are compared tag by tag: the name of the tag follows a slash.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag': 'team' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:ResourceTag'],
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
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (!/^[^:]+:(resource|request|principal)tag\/?$/i.test(condition.key)) continue;
      yield {
        pointer: condition.pointer,
        message: `\`${condition.key}\` names no tag, so no request carries it`,
        next: `write \`${condition.key.replace(/\/$/, '')}/NAME\``,
      };
    }
  },
});
