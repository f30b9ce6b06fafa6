import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const invalidServicePrincipalFormat = accessAnalyzerRule({
  code: 'invalid-service-principal-format',
  issueCode: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
  severity: 'error',
  title: 'a service principal that no service has',
  why: 'Service principals are spelled `service.amazonaws.com`. Another spelling matches no service.',
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: ['config', 'config.amazonaws.co', 'Config.amazonaws.com'] },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Principal/Service/0', '/Statement/0/Principal/Service/1'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              Service: [
                'config.amazonaws.com',
                'logs.us-east-1.amazonaws.com',
                'ec2.amazonaws.com.cn',
                'config-multiaccountsetup.amazonaws.com',
                'ops.apigateway.amazonaws.com',
              ],
            },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { type, text, pointer } of [
        ...(statement.principals ?? []),
        ...(statement.notPrincipals ?? []),
      ]) {
        if (
          type !== 'Service' ||
          text === '*' ||
          /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$|\.(aws\.internal|amazon\.com|aws\.amazon\.com)$/i.test(text)
        )
          continue;
        const service = /^[a-z0-9-]+/i.exec(text)?.[0].toLowerCase();
        yield {
          pointer,
          message: `\`${text}\` is not how AWS spells a service principal, so no service matches it`,
          next: service === undefined ? 'write `config.amazonaws.com`' : `write \`${service}.amazonaws.com\``,
        };
      }
    }
  },
});
