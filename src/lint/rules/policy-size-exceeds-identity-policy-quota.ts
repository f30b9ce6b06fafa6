import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { policySizeCharacters } from '../policy-size.ts';

/** spec: LINT-SIZE-1 */
export const policySizeExceedsIdentityPolicyQuota = accessAnalyzerRule({
  code: 'policy-size-exceeds-identity-policy-quota',
  issueCode: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
  severity: 'warning',
  title: 'an identity policy that is larger than IAM stores',
  why: 'IAM refuses a managed policy of more than 6,144 characters, white space not counted; inline policies have other sums.',
  types: ['identity', 'boundary'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::a/${'x'.repeat(6200)}` }],
        at: [''],
      },
    ],
    right: [{ type: 'identity', policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }],
  },
  *check(context) {
    const characters = policySizeCharacters(context, 'without-whitespace');
    if (characters > identityPolicyMaxCharacters) {
      yield {
        pointer: '',
        message: `the policy has ${String(characters)} characters without white space, and IAM stores managed policies of up to ${String(identityPolicyMaxCharacters)}`,
        next: 'split it in two',
      };
    }
  },
});

// spec: LINT-SIZE-1
const identityPolicyMaxCharacters = 6144;
