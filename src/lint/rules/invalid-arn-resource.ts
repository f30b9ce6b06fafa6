import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts, resourcePattern } from '../arn-check.ts';
import { overlaps } from '../wildcard.ts';

/** spec: LINT-AA-1 */
export const invalidArnResource = accessAnalyzerRule({
  code: 'invalid-arn-resource',
  issueCode: 'INVALID_ARN_RESOURCE',
  severity: 'error',
  title: 'an ARN whose last part fits no kind of resource of the service',
  why: 'It matches nothing: a key is `key/ID`, a role `role/NAME`, and so on.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: 'arn:aws:kms:us-east-1:111122223333:1234abcd-12ab-34cd-56ef-1234567890ab',
          },
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
              'arn:aws:kms:us-east-1:111122223333:key/*',
              'arn:aws:kms:*:*:*',
              'arn:aws:iam::111122223333:root',
              'arn:aws:s3:::a',
              'arn:aws:sns:us-east-1:111122223333:t',
            ],
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      const [, , service = '', , , resource = ''] = parts;
      // Of these alone the data list every form; elsewhere a form that they lack may exist.
      if (parts.length < 6 || (service !== 'kms' && service !== 'config') || text.includes('${')) continue;
      const forms = Object.values(authorization.service(service)?.resourceTypes ?? {}).map(({ arn }) =>
        resourcePattern(arn),
      );
      if (forms.length === 0 || forms.some((form) => overlaps(form, resource))) continue;
      yield {
        pointer,
        message: `\`${resource}\` is no resource of ${service}, so \`${text}\` matches nothing`,
        next: `write it as ${forms
          .slice(0, 2)
          .map((form) => `\`${form}\``)
          .join(' or ')}`,
      };
    }
  },
});
