import { nearestName } from '../../explain/nearest-name.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const invalidServiceInAction = accessAnalyzerRule({
  code: 'invalid-service-in-action',
  issueCode: 'INVALID_SERVICE_IN_ACTION',
  severity: 'error',
  title: 'an action of a service that does not exist',
  why: 'The part before the colon names no AWS service, so the action is never asked for.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: ['kmss:Decrypt', 'GetObject'], Resource: '*' }],
        at: ['/Statement/0/Action/0', '/Statement/0/Action/1'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: ['KMS:Decrypt', '*', 'k*:Decrypt'], Resource: '*' }],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const statement of policy.statements) {
      for (const { text, pointer } of [...(statement.actions ?? []), ...(statement.notActions ?? [])]) {
        const [prefix = '', ...rest] = text.split(':');
        if (text === '*' || hasWildcard(prefix)) continue;
        if (rest.length === 0) {
          yield {
            pointer,
            message: `\`${text}\` names no service, so it is no action and matches none`,
            next: 'write the service before it, such as `s3:GetObject`',
          };
        } else if (!authorization.hasService(prefix)) {
          const nearest = nearestName(prefix, authorization.prefixes);
          yield {
            pointer,
            // Without a near name it may be a service that AWS has given up: harmless, as its own policies show.
            ...(nearest === null ? { severity: 'warning' as const } : {}),
            message: `AWS has no service \`${prefix}\`, so the action \`${text}\` is never asked for`,
            next:
              nearest === null ? 'write the prefix of the service' : `write \`${nearest}:${rest.join(':')}\``,
          };
        }
      }
    }
  },
});
