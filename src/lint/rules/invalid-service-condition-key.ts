import { isCarriedService } from '../../aws/service-authorization.ts';
import { nearestName } from '../../explain/nearest-name.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts, isGlobalKey } from '../condition-key.ts';

/** spec: LINT-AA-1 */
export const invalidServiceConditionKey = accessAnalyzerRule({
  code: 'invalid-service-condition-key',
  issueCode: 'INVALID_SERVICE_CONDITION_KEY',
  severity: 'error',
  title: 'a condition key that the service does not have',
  why: 'No request carries it: an Allow that asks for it never matches, and a Deny with a negated operator always does.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'kms:ViaServices': 's3.us-east-1.amazonaws.com' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/kms:ViaServices'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              StringEquals: {
                'KMS:viaservice': 's3.us-east-1.amazonaws.com',
                'kms:EncryptionContext:a': 'b',
                'made-up:key': 'c',
              },
            },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (isGlobalKey(condition.key) || conditionKeyFacts(condition.key, authorization) !== 'no-such-key')
        continue;
      const prefix = condition.keyName.slice(0, condition.keyName.indexOf(':'));
      const known = Object.keys(authorization.service(prefix)?.conditionKeys ?? {}).filter((name) =>
        name.startsWith(`${prefix}:`),
      );
      const nearest = nearestName(condition.key, known);
      yield {
        pointer: condition.pointer,
        // Without a near name it may be a key that the data lack.
        ...(nearest === null && !isCarriedService(prefix) ? { severity: 'warning' as const } : {}),
        message: `\`${prefix}\` has no condition key \`${condition.key}\`, so no request carries it`,
        next:
          nearest === null ? `look it up among the condition keys of \`${prefix}\`` : `write \`${nearest}\``,
      };
    }
  },
});
