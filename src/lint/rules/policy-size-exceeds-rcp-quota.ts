import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { policySizeCharacters } from '../policy-size.ts';

/** spec: LINT-SIZE-1 */
export const policySizeExceedsRcpQuota = accessAnalyzerRule({
  code: 'policy-size-exceeds-rcp-quota',
  issueCode: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
  severity: 'error',
  title: 'a resource control policy that is larger than AWS Organizations stores',
  why: 'AWS Organizations refuses a policy of more than 5,120 characters; white space counts, unless the console strips it.',
  types: ['rcp'],
  examples: {
    wrong: [
      {
        type: 'rcp',
        policy: [{ Sid: 'x'.repeat(5200), Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
        at: [''],
      },
    ],
    right: [{ type: 'rcp', policy: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }] }],
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
