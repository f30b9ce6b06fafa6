import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const wildcardInServiceName = accessAnalyzerRule({
  code: 'wildcard-in-service-name',
  issueCode: 'WILDCARD_IN_SERVICE_NAME',
  severity: 'suggestion',
  title: 'a wildcard in the name of a service',
  why: 'The pattern reaches every service whose prefix it matches, those that AWS has yet to launch included.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's*:GetObject', Resource: '*' }],
        at: ['/Statement/0/Action'],
      },
    ],
    right: [{ type: 'identity', policy: [{ Effect: 'Allow', Action: ['s3:Get*', '*'], Resource: '*' }] }],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { text, pointer } of [...(statement.actions ?? []), ...(statement.notActions ?? [])]) {
        const [prefix = '', ...rest] = text.split(':');
        if (rest.length === 0 || !hasWildcard(prefix)) continue;
        yield {
          pointer,
          message: `\`${text}\` reaches the actions of every service that \`${prefix}\` matches`,
          next: 'name the services one by one',
        };
      }
    }
  },
});
