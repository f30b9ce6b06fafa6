import { nearestName } from '../../explain/nearest-name.ts';
import { isCarriedService } from '../../aws/service-authorization.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { matchesPattern } from '../wildcard.ts';

/** spec: LINT-AA-1 */
export const invalidAction = accessAnalyzerRule({
  code: 'invalid-action',
  issueCode: 'INVALID_ACTION',
  severity: 'error',
  title: 'an action that the service does not have',
  why: 'An action that does not exist is never asked for. In an Allow it grants nothing; in a Deny it protects nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: ['kms:GenerateDatakeys', 's3:PutObject', 'kms:Foo*'], Resource: '*' },
        ],
        at: ['/Statement/0/Action/0', '/Statement/0/Action/2'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: ['kms:generatedatakey', 's3:Put*', 'made-up:Thing', '*'],
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const statement of policy.statements) {
      for (const { text, pointer } of [...(statement.actions ?? []), ...(statement.notActions ?? [])]) {
        const [prefix = '', name, ...rest] = text.split(':');
        const service = authorization.service(prefix);
        if (name === undefined || rest.length > 0 || service === null) continue;
        const names = Object.keys(service.actions);
        if (
          hasWildcard(name)
            ? names.some((known) => matchesPattern(name.toLowerCase(), known.toLowerCase()))
            : authorization.action(prefix, name) !== null
        )
          continue;
        const nearest = hasWildcard(name) ? null : nearestName(name, names);
        yield {
          pointer,
          // Data of services lag behind; a pattern may be meant for actions to come.
          ...(hasWildcard(name) || (nearest === null && !isCarriedService(prefix))
            ? { severity: 'warning' as const }
            : {}),
          message: hasWildcard(name)
            ? `no action of \`${prefix}\` matches \`${text}\``
            : `the action \`${text}\` does not exist`,
          next:
            nearest === null
              ? `look it up among the actions of \`${prefix}\``
              : `write \`${prefix}:${nearest}\``,
        };
      }
    }
  },
});
