import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { likeActions, redundantPatterns } from '../redundant.ts';

/** spec: LINT-AA-1 */
export const redundantAction = accessAnalyzerRule({
  code: 'redundant-action',
  issueCode: 'REDUNDANT_ACTION',
  severity: 'suggestion',
  title: 'an action that another of the same list covers',
  why: 'It changes nothing and makes the policy longer.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:D*'], Resource: '*' }],
        at: ['/Statement/0/Action/0'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' }],
      },
    ],
  },
  *check({ policy }) {
    for (const { actions, notActions } of policy.statements) {
      yield* redundantPatterns(actions, 'action', likeActions);
      yield* redundantPatterns(notActions, 'action', likeActions);
    }
  },
});
