import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const redundantPrincipalInRoleTrustPolicy = accessAnalyzerRule({
  code: 'redundant-principal-in-role-trust-policy',
  issueCode: 'REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY',
  severity: 'suggestion',
  title: 'a session of a role is named beside the role itself',
  why: 'Whoever is let in as the role is let in as each of its sessions.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              AWS: [
                'arn:aws:iam::111122223333:role/config',
                'arn:aws:sts::111122223333:assumed-role/config/session',
              ],
            },
            Action: 'sts:AssumeRole',
          },
        ],
        at: ['/Statement/0/Principal/AWS/1'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              AWS: [
                'arn:aws:iam::111122223333:role/config',
                'arn:aws:sts::111122223333:assumed-role/other/session',
              ],
            },
            Action: 'sts:AssumeRole',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const { principals } of policy.statements) {
      const roles = new Set(
        (principals ?? []).map(({ text }) => roleOf(text)).filter((role) => role !== null),
      );
      for (const { text, pointer } of principals ?? []) {
        const [, account = '', name = ''] =
          /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(text) ?? [];
        if (name === '' || !roles.has(`${account}/${name}`)) continue;
        yield {
          pointer,
          message: `\`${text}\` is a session of the role \`${name}\`, which is named already`,
          next: 'remove it',
        };
      }
    }
  },
});

/** Account and name: a path is part of a role's ARN and not of its sessions'. */
function roleOf(text: string): string | null {
  const [, account, name] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(text) ?? [];
  return account === undefined || name === undefined ? null : `${account}/${name}`;
}
