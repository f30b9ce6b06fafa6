import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { policySizeCharacters } from '../policy-size.ts';

/** spec: LINT-SIZE-1 */
export const policySizeExceedsResourcePolicyQuota = accessAnalyzerRule({
  code: 'policy-size-exceeds-resource-policy-quota',
  issueCode: 'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
  severity: 'warning',
  title: 'a resource policy that is larger than its service stores',
  why: 'S3 stores bucket policies of up to 20,480 bytes, KMS key policies of up to 32,768.',
  types: ['key', 'bucket'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Sid: 'x'.repeat(33000),
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
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
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }],
      },
    ],
  },
  *check(context) {
    const most = maxCharactersOf[context.type];
    const characters = policySizeCharacters(
      context,
      context.type === 'key' ? 'as-stored' : 'without-whitespace',
    );
    if (most !== undefined && characters > most) {
      yield {
        pointer: '',
        message: `the policy has ${String(characters)} characters, and ${context.type === 'key' ? 'KMS' : 'S3'} stores up to ${String(most)} bytes`,
        next: 'join statements, or use organization-wide conditions instead of lists',
      };
    }
  },
});

// spec: LINT-SIZE-1
const maxCharactersOf: Readonly<Record<string, number>> = { key: 32_768, bucket: 20_480 };
