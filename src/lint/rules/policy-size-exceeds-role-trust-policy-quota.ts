import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { policySizeCharacters } from '../policy-size.ts';

/** spec: LINT-SIZE-1 */
export const policySizeExceedsRoleTrustPolicyQuota = accessAnalyzerRule({
  code: 'policy-size-exceeds-role-trust-policy-quota',
  issueCode: 'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
  severity: 'warning',
  title: 'a trust policy that is larger than the default quota',
  why: 'IAM refuses a trust policy of more than 2,048 characters, white space not counted, unless the quota was raised (up to 4,096).',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Sid: 'x'.repeat(2100),
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
        at: [''],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    ],
  },
  *check(context) {
    const characters = policySizeCharacters(context, 'without-whitespace');
    if (characters > trustPolicyMaxCharacters) {
      yield {
        pointer: '',
        message: `the trust policy has ${String(characters)} characters without white space, and the default quota is ${String(trustPolicyMaxCharacters)}`,
        next: 'shorten it, or have the quota raised',
      };
    }
  },
});

// spec: LINT-SIZE-1
const trustPolicyMaxCharacters = 2048;
