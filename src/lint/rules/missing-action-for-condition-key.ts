import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { reachesAction, requiresKey } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const missingActionForConditionKey = accessAnalyzerRule({
  code: 'missing-action-for-condition-key',
  issueCode: 'MISSING_ACTION_FOR_CONDITION_KEY',
  severity: 'error',
  title: 'a trust policy asks for session tags or a source identity that nobody may set',
  why: 'A caller who passes session tags needs sts:TagSession, one who passes a source identity sts:SetSourceIdentity. Where the trust policy does not allow it, the condition can not be met.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'aws:RequestTag/team': 'audit' },
              StringLike: { 'sts:SourceIdentity': 'a*' },
            },
          },
        ],
        at: [
          '/Statement/0/Condition/StringEquals/aws:RequestTag~1team',
          '/Statement/0/Condition/StringLike/sts:SourceIdentity',
        ],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Condition: { StringEquals: { 'aws:RequestTag/team': 'audit' } },
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'sts:AssumeRole',
            Condition: { StringEqualsIfExists: { 'sts:SourceIdentity': 'a' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const allows = policy.statements.filter(({ effect }) => effect === 'Allow');
    for (const statement of allows) {
      if (!entrances.some((action) => reachesAction(statement, action))) continue;
      for (const condition of statement.conditions) {
        const action = settingActionOf(condition.keyName);
        if (action === null || !requiresKey(condition)) continue;
        // Nobody asks that one statement allows both.
        if (allows.some((other) => reachesAction(other, action))) continue;
        yield {
          pointer: condition.pointer,
          message: `nobody may set ${condition.key}: no statement of this policy allows \`${action}\``,
          next: `add \`${action}\` to the actions`,
        };
      }
    }
  },
});

const entrances = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

function settingActionOf(keyName: string): string | null {
  if (keyName === 'sts:sourceidentity') return 'sts:SetSourceIdentity';
  if (
    keyName === 'sts:transitivetagkeys' ||
    keyName.startsWith('aws:requesttag/') ||
    keyName === 'aws:tagkeys'
  )
    return 'sts:TagSession';
  return null;
}
