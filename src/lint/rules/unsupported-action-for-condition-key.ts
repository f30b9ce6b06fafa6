import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts, isGlobalKey, matchesKeyName } from '../condition-key.ts';
import { requiresKey, nameOf } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const unsupportedActionForConditionKey = accessAnalyzerRule({
  code: 'unsupported-action-for-condition-key',
  issueCode: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
  severity: 'error',
  title: "a condition key that none of the statement's actions carries",
  why: 'The service fills the key in for other actions only. For these it is absent, so the condition never holds (or, negated, always does).',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObjectTagging',
            Resource: '*',
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/s3:x-amz-acl'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: ['s3:PutObject', 's3:GetBucketAcl'],
            Resource: '*',
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
        ],
      },
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:*',
            Resource: '*',
            Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const statement of policy.statements) {
      const actions = statement.actions ?? [];
      for (const condition of statement.conditions) {
        if (isGlobalKey(condition.key) || actions.length === 0) continue;
        const facts = conditionKeyFacts(condition.key, authorization);
        if (typeof facts === 'string') continue;
        const carries = actions.some(({ text }) => {
          const [prefix = '', name] = text.split(':');
          if (name === undefined || hasWildcard(text)) return true;
          const action = authorization.action(prefix, name);
          return (
            action === null ||
            action.conditionKeys.length === 0 ||
            action.conditionKeys.some((known) => matchesKeyName(known, condition.key))
          );
        });
        if (carries || serviceWideKeys.has(condition.keyName)) continue;
        yield {
          pointer: condition.pointer,
          ...(statement.effect === 'Allow' && requiresKey(condition) ? {} : { severity: 'warning' as const }),
          message: `none of the actions of ${nameOf(statement)} carries ${condition.key}, so the condition ${requiresKey(condition) ? 'never holds' : 'says nothing'}`,
          next: 'move the condition to a statement with the actions that carry it',
        };
      }
    }
  },
});

// Keys that the service fills in for all of its actions, though the reference lists them for some.
const serviceWideKeys: ReadonlySet<string> = new Set([
  's3:resourceaccount',
  's3:tlsversion',
  's3:authtype',
  's3:signatureversion',
  's3:signatureage',
  's3:x-amz-content-sha256',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
  's3:accesspointnetworkorigin',
  'kms:calleraccount',
  'kms:viaservice',
  'sts:externalid',
]);
