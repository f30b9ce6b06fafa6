import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const emptySidValue = accessAnalyzerRule({
  code: 'empty-sid-value',
  issueCode: 'EMPTY_SID_VALUE',
  severity: 'suggestion',
  title: 'an empty Sid',
  why: 'It names nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Sid: '', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
        at: ['/Statement/0/Sid'],
      },
    ],
    right: [{ type: 'identity', policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }],
  },
  *check({ policy }) {
    for (const { sid } of policy.statements) {
      if (sid?.text !== '') continue;
      yield {
        pointer: sid.pointer,
        message: 'the Sid is empty',
        next: 'give the statement a name, or leave the member out',
        fix: { summary: 'remove the empty Sid', patch: [{ op: 'remove', path: sid.pointer }] },
      };
    }
  },
});
