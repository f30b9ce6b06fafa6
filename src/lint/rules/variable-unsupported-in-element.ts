import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnParts } from '../condition-value.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-AA-1 */
export const variableUnsupportedInElement = accessAnalyzerRule({
  code: 'variable-unsupported-in-element',
  issueCode: 'VARIABLE_UNSUPPORTED_IN_ELEMENT',
  severity: 'error',
  title: 'a policy variable where AWS replaces none',
  why: 'Variables are replaced in the last part of a Resource and in condition values only; elsewhere the text is compared letter by letter.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:${aws:username}', Resource: 'arn:aws:s3:${aws:RequestedRegion}::a' },
        ],
        at: ['/Statement/0/Action', '/Statement/0/Resource'],
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
    for (const statement of policy.statements) {
      const heads = [...(statement.resources ?? []), ...(statement.notResources ?? [])].filter(
        ({ text }) =>
          text.startsWith('arn:') &&
          arnParts(text)
            .slice(0, 5)
            .some((part) => part.includes('${')),
      );
      const others = [
        ...(statement.actions ?? []),
        ...(statement.notActions ?? []),
        ...(statement.principals ?? []),
        ...(statement.notPrincipals ?? []),
      ].filter(({ text }) => text.includes('${') && placeholderIn(text) === null);
      for (const { text, pointer } of [...others, ...heads]) {
        yield {
          pointer,
          message: `AWS replaces no variable here, so \`${text}\` is compared letter by letter`,
          next: 'write the value, or a wildcard where one is allowed',
        };
      }
    }
  },
});
