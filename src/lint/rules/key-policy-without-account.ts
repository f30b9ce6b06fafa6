import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { canBeChanged } from './aws-would-refuse.ts';

/** spec: LINT-KMS-8 */
export const keyPolicyWithoutAccount: LintRule = {
  code: 'key-policy-without-account',
  severity: 'warning',
  title: "no statement of the key policy gives the account's IAM policies a say",
  why: "Without a statement for the account (`arn:aws:iam::ACCOUNT:root`) IAM policies that allow the use of the key have no effect; only principals that the key policy names itself can use or administer it. A recorder's role that relies on its own policy is refused.",
  url: awsPages.defaultKeyPolicy,
  types: ['key'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
        at: [''],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const hasDelegation = policy.statements.some(
      ({ effect, principals }) =>
        effect === 'Allow' &&
        (principals ?? []).some(
          ({ type, text }) =>
            (type === 'AWS' && /^\d{12}$|^arn:[^:]*:iam::\d{12}:root$/.test(text)) || text === '*',
        ),
    );
    // Nobody at all may change the policy: that is said already, and mended by the same statement.
    if (hasDelegation || !canBeChanged(policy)) return;
    yield {
      pointer: '',
      message:
        'no statement names the account itself, so IAM policies that allow the use of this key have no effect',
      next: 'add a statement that allows `kms:*` to `arn:aws:iam::ACCOUNT:root`, as in the default key policy',
    };
  },
};
