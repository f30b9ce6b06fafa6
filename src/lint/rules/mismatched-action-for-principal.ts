import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isProvider } from '../federation.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const mismatchedActionForPrincipal = accessAnalyzerRule({
  code: 'mismatched-action-for-principal',
  issueCode: 'MISMATCHED_ACTION_FOR_PRINCIPAL',
  severity: 'error',
  title: 'an action that the principal can not call',
  why: 'Federated users come by AssumeRoleWithSAML or AssumeRoleWithWebIdentity, everyone else by AssumeRole.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/corp' },
            Action: 'sts:AssumeRole',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'sts:AssumeRoleWithSAML',
          },
        ],
        at: ['/Statement/0/Action', '/Statement/1/Action'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/corp' },
            Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          },
          {
            Effect: 'Allow',
            Principal: { Federated: 'accounts.google.com' },
            Action: 'sts:AssumeRoleWithWebIdentity',
          },
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const principals = statement.principals ?? [];
      if (principals.length === 0 || statement.actions === null || statement.actions.length === 0) continue;
      const wanted = new Set(principals.flatMap(({ type, text }) => entranceOf(type, text)));
      for (const { text, pointer } of statement.actions) {
        if (!/^sts:AssumeRole(With(SAML|WebIdentity))?$/i.test(text) || wanted.has(text.toLowerCase()))
          continue;
        yield {
          pointer,
          message: `the principals of ${nameOf(statement)} never call \`${text}\`, so it lets none of them in`,
          next: `write \`${[...wanted].map((action) => spelled[action] ?? action).join('` or `')}\``,
        };
      }
    }
  },
});

const spelled: Readonly<Record<string, string>> = {
  'sts:assumerole': 'sts:AssumeRole',
  'sts:assumerolewithsaml': 'sts:AssumeRoleWithSAML',
  'sts:assumerolewithwebidentity': 'sts:AssumeRoleWithWebIdentity',
};

function entranceOf(type: string, text: string): readonly string[] {
  if (type !== 'Federated') return text === '*' ? Object.keys(spelled) : ['sts:assumerole'];
  // That it is no provider is another rule's.
  if (!isProvider(text)) return Object.keys(spelled);
  return [text.includes(':saml-provider/') ? 'sts:assumerolewithsaml' : 'sts:assumerolewithwebidentity'];
}
