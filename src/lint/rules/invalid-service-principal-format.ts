import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import type { StatementView, TextAt } from '../policy-view.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

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
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:aws:iam::111122223333:role/config',
            Condition: { StringEquals: { 'iam:PassedToService': ['config', 'lambda.amazonaws.com'] } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/iam:PassedToService/0'],
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
      for (const { text, pointer } of servicesNamed(statement)) {
        if (text === '*' || isServicePrincipal(text)) continue;
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

/** Where service principals stand: as principals, and as whole values of the keys that hold one. */
function servicesNamed({ principals, notPrincipals, conditions }: StatementView): readonly TextAt[] {
  return [
    ...[...(principals ?? []), ...(notPrincipals ?? [])].filter(({ type }) => type === 'Service'),
    ...conditions
      .filter(({ keyName, base }) => serviceKeys.has(keyName) && base !== 'Null')
      .flatMap(({ values }) => values)
      .filter(({ text }) => !hasWildcard(text) && !text.includes('${') && placeholderIn(text) === null),
  ];
}

function isServicePrincipal(text: string): boolean {
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$|\.(aws\.internal|amazon\.com|aws\.amazon\.com)$/i.test(text);
}

const serviceKeys: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'iam:awsservicename',
  'iam:passedtoservice',
]);
