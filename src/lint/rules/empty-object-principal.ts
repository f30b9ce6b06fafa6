import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isObject } from '../policy-view.ts';

/** spec: LINT-AA-1 */
export const emptyObjectPrincipal = accessAnalyzerRule({
  code: 'empty-object-principal',
  issueCode: 'EMPTY_OBJECT_PRINCIPAL',
  severity: 'suggestion',
  title: 'an empty Principal',
  why: 'The statement is about nobody and has no effect.',
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [{ Effect: 'Allow', Principal: {}, Action: 'kms:Decrypt', Resource: '*' }],
        at: ['/Statement/0/Principal'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          { Effect: 'Allow', Principal: { AWS: ['111122223333'] }, Action: 'kms:Decrypt', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const value = statement.value['Principal'];
      if (!isObject(value) || Object.keys(value).length > 0) continue;
      yield {
        pointer: `${statement.pointer}/Principal`,
        message: 'the Principal is empty, so the statement is about nobody',
        next: 'name the principals',
      };
    }
  },
});
