import { isCarriedService, type ServiceAuthorization } from '../../aws/service-authorization.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts, isGlobalKey, matchesKeyName } from '../condition-key.ts';
import type { ConditionAt } from '../policy-view.ts';
import { someOf } from '../resource-tag.ts';
import { nameOf, requiresKey } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const unsupportedActionForConditionKey = accessAnalyzerRule({
  code: 'unsupported-action-for-condition-key',
  issueCode: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
  severity: 'error',
  title: 'a condition key that actions of the statement do not carry',
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
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Deny',
            Action: ['kms:CreateGrant', 'kms:DisableKey'],
            Resource: '*',
            Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false' } },
          },
        ],
        at: ['/Statement/0/Condition/Bool/kms:GrantIsForAWSResource'],
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
      const actions = (statement.actions ?? []).map(({ text }) => text);
      for (const condition of statement.conditions) {
        if (isGlobalKey(condition.key) || serviceWideKeys.has(condition.keyName)) continue;
        if (typeof conditionKeyFacts(condition.key, authorization) === 'string') continue;
        const without = actions.filter((action) => !carries(action, condition.key, authorization));
        const isNever = without.length === actions.length;
        if (without.length === 0 || !(isNever || requiresKey(condition))) continue;
        if (!isNever && isSpokenOf(condition.keyName)) continue;
        yield {
          pointer: condition.pointer,
          ...(isNever &&
          statement.effect === 'Allow' &&
          requiresKey(condition) &&
          isCarriedService(prefixOf(condition))
            ? {}
            : { severity: 'warning' as const }),
          message: isNever
            ? `none of the actions of ${nameOf(statement)} carries ${condition.key}, so the condition ${requiresKey(condition) ? 'never holds' : 'says nothing'}`
            : `${someOf(without)} never ${without.length === 1 ? 'carries' : 'carry'} ${condition.key}, so ${nameOf(statement)} ${statement.effect === 'Deny' ? 'denies' : 'allows'} none of it`,
          next: isNever
            ? 'move the condition to a statement with the actions that carry it'
            : `move ${someOf(without)} to a statement without the condition`,
        };
      }
    }
  },
});

/** Another rule speaks of the ACL; and what STS lists for one action of a session counts for the session. */
function isSpokenOf(keyName: string): boolean {
  return keyName === 's3:x-amz-acl' || keyName.startsWith('sts:') || keyName.startsWith('saml:');
}

/** What is not known, and what a wildcard stands for, may carry it. */
function carries(text: string, key: string, authorization: ServiceAuthorization): boolean {
  const [prefix = '', name] = text.split(':');
  if (name === undefined || hasWildcard(text)) return true;
  const action = authorization.action(prefix, name);
  return (
    action === null ||
    action.conditionKeys.length === 0 ||
    action.conditionKeys.some((known) => matchesKeyName(known, key))
  );
}

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

function prefixOf({ key }: ConditionAt): string {
  return key.slice(0, key.indexOf(':'));
}
