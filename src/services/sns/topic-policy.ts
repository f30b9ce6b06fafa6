/** Topic policies: the one that every topic begins with, and what SNS looks at before it stores another. */
import { parseAccountId } from '../../aws/account-id.ts';
import { parsePolicy } from '../../policy/document/parse-policy.ts';
import { snsErrors } from './errors.ts';
import type { SnsPorts } from './ports.ts';

/** The actions that a topic policy may name. spec: SNS-POLICY-2 */
const topicActions = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
] as const;

const acceptedActions = new Set([...topicActions, 'Receive'].map((name) => `sns:${name}`.toLowerCase()));

/** AWS Config's service principal is not covered by it. spec: SNS-POLICY-1 */
export function defaultTopicPolicy(topicArn: string, account: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: topicActions.map((name) => `SNS:${name}`),
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}

/** @throws InvalidParameter SNS would not store this text as the policy of a topic. spec: SNS-POLICY-2 */
export async function assertTopicPolicy(
  text: string,
  partition: string,
  principals: SnsPorts['principals'],
): Promise<void> {
  const parsed = parsePolicy(jsonOf(text), { type: 'topic' });
  if (!parsed.ok) throw snsErrors.invalidParameter({ what: 'Policy Error: null' });
  for (const { action, principal } of parsed.policy.statements) {
    for (const { text: name } of action?.values ?? []) {
      if (!acceptedActions.has(name.toLowerCase()))
        throw snsErrors.invalidParameter({ what: 'Policy statement action out of service scope!' });
    }
    for (const { type, text: name } of principal?.entries ?? []) {
      if (type !== 'AWS' || name === '*') continue;
      const account = parseAccountId(name);
      const arn = account === null ? name : `arn:${partition}:iam::${account}:root`;
      if (!(await principals.exists(arn)))
        throw snsErrors.invalidParameter({ what: 'Policy Error: PrincipalNotFound' });
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw snsErrors.invalidParameter({ what: 'Policy Error: null' });
  }
}
