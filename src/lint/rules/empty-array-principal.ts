import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { pointerStep } from '../../policy/document/policy-document.ts';
import { isObject } from '../policy-view.ts';

/** spec: LINT-AA-1 */
export const emptyArrayPrincipal = accessAnalyzerRule({
  code: 'empty-array-principal',
  issueCode: 'EMPTY_ARRAY_PRINCIPAL',
  severity: 'suggestion',
  title: 'an empty list of principals',
  why: 'The list names nobody.',
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [{ Effect: 'Allow', Principal: { AWS: [] }, Action: 'kms:Decrypt', Resource: '*' }],
        at: ['/Statement/0/Principal/AWS'],
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
      for (const member of ['Principal', 'NotPrincipal']) {
        const value = statement.value[member];
        if (!isObject(value)) continue;
        for (const [type, names] of Object.entries(value)) {
          if (!Array.isArray(names) || names.length > 0) continue;
          yield {
            pointer: `${statement.pointer}/${member}/${pointerStep(type)}`,
            message: `the list of ${type} principals is empty, so it names nobody`,
            next: 'name the principals, or remove the list',
          };
        }
      }
    }
  },
});
