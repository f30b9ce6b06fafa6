import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const redundantStatement = accessAnalyzerRule({
  code: 'redundant-statement',
  issueCode: 'REDUNDANT_STATEMENT',
  severity: 'suggestion',
  title: 'two statements say the same',
  why: 'One of the two changes nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Sid: 'A', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
          { Sid: 'B', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
        ],
        at: ['/Statement/1'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
          { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    const seen = new Map<string, string>();
    for (const statement of policy.statements) {
      const { Sid: _sid, ...rest } = statement.value;
      const text = JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      const earlier = seen.get(text);
      if (earlier === undefined) seen.set(text, nameOf(statement));
      else
        yield {
          pointer: statement.pointer,
          message: `${nameOf(statement)} says the same as ${earlier}`,
          next: 'remove one of them',
          fix: {
            summary: `remove ${nameOf(statement)}`,
            patch: [{ op: 'remove', path: statement.pointer }],
          },
        };
    }
  },
});
