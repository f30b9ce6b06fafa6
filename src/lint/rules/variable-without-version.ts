import { accessAnalyzerPage } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';

/** spec: LINT-AA-1 */
export const variableWithoutVersion: LintRule = {
  code: 'variable-without-version',
  issueCode: 'VARIABLE_UNSUPPORTED_IN_VERSION',
  severity: 'error',
  title: 'a policy variable in a policy that is not of version 2012-10-17',
  why: 'Only version 2012-10-17 knows policy variables; in any other the text `${...}` is compared letter by letter and matches nothing.',
  url: accessAnalyzerPage('error', 'VARIABLE_UNSUPPORTED_IN_VERSION'),
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: {
          Version: '2008-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' },
          ],
        },
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    if (policy.version?.text === '2012-10-17') return;
    for (const statement of policy.statements) {
      const places = [
        ...(statement.resources ?? []),
        ...(statement.notResources ?? []),
        ...statement.conditions.flatMap((condition) => condition.values),
      ];
      for (const { text, pointer } of places) {
        const variable = /\$\{[^}]*\}/.exec(text)?.[0];
        if (variable === undefined) continue;
        yield {
          pointer,
          message: `\`${variable}\` is compared letter by letter, because the policy ${policy.version === null ? 'has no Version' : `is of version ${policy.version.text}`}`,
          next: 'write `"Version": "2012-10-17"`',
        };
      }
    }
  },
};
