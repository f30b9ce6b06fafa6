import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const invalidArnServiceCase = accessAnalyzerRule({
  code: 'invalid-arn-service-case',
  issueCode: 'INVALID_ARN_SERVICE_CASE',
  severity: 'error',
  title: 'the service of an ARN in capitals',
  why: 'ARNs are compared letter by letter, and services are written in small letters.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:S3:::config-logs/*' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::config-logs/*' }],
      },
    ],
  },
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      const service = parts[2];
      if (
        parts[0] !== 'arn' ||
        service === undefined ||
        service === service.toLowerCase() ||
        service.includes('${')
      )
        continue;
      yield {
        pointer,
        message: `\`${service}\` in \`${text}\` is written in capitals, so the ARN matches nothing`,
        next: `write \`${service.toLowerCase()}\``,
      };
    }
  },
});
