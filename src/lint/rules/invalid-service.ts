import { nearestName } from '../../explain/nearest-name.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const invalidService = accessAnalyzerRule(
  {
    code: 'invalid-service',
    issueCode: 'INVALID_SERVICE',
    severity: 'warning',
    title: 'an ARN of a service that does not exist',
    why: 'The third part of an ARN names the service; with another word in it the ARN matches nothing.',
    examples: {
      wrong: [
        {
          type: 'identity',
          policy: [
            { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kmss:us-east-1:111122223333:key/a' },
          ],
          at: ['/Statement/0/Resource'],
        },
      ],
      right: [
        {
          type: 'identity',
          policy: [
            {
              Effect: 'Allow',
              Action: '*',
              Resource: [
                'arn:aws:kms:us-east-1:111122223333:key/a',
                'arn:aws:elasticloadbalancing:us-east-1:111122223333:x',
              ],
            },
          ],
        },
      ],
    },
    *check({ policy, authorization }) {
      for (const { text, pointer, parts } of arnTexts(policy)) {
        const service = parts[2];
        if (
          parts[0] !== 'arn' ||
          parts.length < 6 ||
          service === undefined ||
          hasWildcard(service) ||
          service.includes('${')
        )
          continue;
        // Some services write other words into their ARNs than before their actions.
        if (
          authorization.hasService(service) ||
          arnOnlyServices.has(service) ||
          service !== service.toLowerCase()
        )
          continue;
        const nearest = nearestName(service, authorization.prefixes);
        yield {
          pointer,
          message: `AWS has no service \`${service}\`, so \`${text}\` matches nothing`,
          next: nearest === null ? 'write the service as its ARNs do' : `write \`${nearest}\``,
        };
      }
    },
  },
  'error',
);

const arnOnlyServices: ReadonlySet<string> = new Set([
  'cloudwatch',
  'catalog',
  'elasticloadbalancing',
  'elasticache',
  'es',
  'apigateway',
  'monitoring',
  'aws-marketplace',
  'tag',
  'support-console',
  'iotwireless',
  'wisdom',
  'mobiletargeting',
  'ssmmessages',
  'aps',
  'codestar-connections',
  'payments',
  'resource-explorer',
]);
