import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { policySizeCharacters } from '../policy-size.ts';

/** spec: LINT-SIZE-1 */
export const policySizeExceedsScpQuota = accessAnalyzerRule({
  code: 'policy-size-exceeds-scp-quota',
  issueCode: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
  severity: 'error',
  title: 'a service control policy that is larger than AWS Organizations stores',
  why: 'AWS Organizations refuses a policy of more than 5,120 characters; white space counts, unless the console strips it.',
  types: ['scp'],
  examples: {
    wrong: [
      {
        type: 'scp',
        policy: [{ Sid: 'x'.repeat(5200), Effect: 'Deny', Action: 's3:*', Resource: '*' }],
        at: [''],
      },
    ],
    right: [{ type: 'scp', policy: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] }],
  },
  *check(context) {
    const characters = policySizeCharacters(context, 'as-stored');
    if (characters > controlPolicyMaxCharacters) {
      yield {
        pointer: '',
        message: `the policy has ${String(characters)} characters, and AWS Organizations stores up to ${String(controlPolicyMaxCharacters)}`,
        next: 'strip its white space, or split it',
      };
    }
  },
});

// spec: LINT-SIZE-1
const controlPolicyMaxCharacters = 5120;
