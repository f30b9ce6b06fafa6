import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const duplicateKeysWithDifferentCase = accessAnalyzerRule({
  code: 'duplicate-keys-with-different-case',
  issueCode: 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE',
  severity: 'error',
  title: 'one condition key in two spellings',
  why: 'The case of a key does not matter, so one operator compares the same key twice; AWS does not say which counts.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': '1', 'AWS:SourceAccount': '2' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/AWS:SourceAccount'],
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
              StringEquals: { 'aws:SourceAccount': ['1', '2'] },
              StringLike: { 'AWS:SourceAccount': '2' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const seen = new Map<string, string>();
      for (const condition of statement.conditions) {
        const id = `${condition.operator} ${condition.keyName}`;
        const earlier = seen.get(id);
        if (earlier === undefined) seen.set(id, condition.key);
        else
          yield {
            pointer: condition.pointer,
            message: `\`${earlier}\` and \`${condition.key}\` are one condition key in two spellings`,
            next: 'join their values in one list',
          };
      }
    }
  },
});
