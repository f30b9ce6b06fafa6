import { awsPages } from '../aws-page.ts';
import type { LintContext, LintRule, RuleFinding } from '../lint-rule.ts';
import type { PolicyView } from '../policy-view.ts';
import { reachesAction } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { overlaps } from '../wildcard.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/**
 * What the grammar allows and AWS's write call refuses. The policy is judged as written all the same.
 * spec: LINT-REFUSE-1, LINT-REFUSE-2, LINT-REFUSE-3, LINT-REFUSE-4
 */
export const awsWouldRefuse: LintRule = {
  code: 'aws-would-refuse',
  severity: 'error',
  title: 'AWS would refuse to store this policy',
  why: 'The policy is well-formed, but the call that stores it checks its values: principals that can exist, resources of the thing it is attached to, and a key policy that can still be changed.',
  url: awsPages.putKeyPolicy,
  types: ['key', 'bucket', 'topic', 'trust'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: ['account-id1', '111122223333'] },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Principal/AWS/0'],
      },
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
          },
        ],
        at: [''],
      },
      {
        type: 'bucket',
        facts: { bucketName: 'config-logs' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::other-bucket/*',
          },
        ],
        at: ['/Statement/0/Resource'],
      },
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: [
              'arn:aws:s3:::config-logs',
              'arn:aws:s3:::config-logs/*',
              'arn:aws:s3:::other-bucket/*',
            ],
          },
        ],
        at: ['/Statement/0/Resource/2'],
      },
      {
        type: 'topic',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'SNS:*', Resource: '*' }],
        at: ['/Statement/0/Action'],
      },
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['sts:AssumeRole', 's3:PutObject'],
          },
        ],
        at: ['/Statement/0/Action/1'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Allow',
            Principal: { AWS: ['arn:aws:iam::111122223333:role/config', 'AROAEXAMPLEID'] },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
      },
      {
        type: 'bucket',
        facts: { bucketName: 'config-logs' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: ['arn:aws:s3:::config-logs/*', 'arn:aws:s3:::config-*'],
          },
        ],
      },
      {
        type: 'topic',
        policy: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'SNS:Publish', Resource: '*' },
        ],
      },
    ],
  },
  *check(context) {
    yield* impossiblePrincipals(context);
    if (context.type === 'key') yield* lockout(context);
    if (context.type === 'bucket') yield* foreignResources(context);
    if (context.type === 'topic') yield* actionsOutOfScope(context);
    if (context.type === 'trust') yield* trustActions(context);
  },
};

function* impossiblePrincipals({ policy }: LintContext): Iterable<RuleFinding> {
  for (const statement of policy.statements) {
    for (const { type, text, pointer } of [
      ...(statement.principals ?? []),
      ...(statement.notPrincipals ?? []),
    ]) {
      // Wildcards and wrong digits have rules of their own.
      if (type !== 'AWS' || hasWildcard(text) || /^[\d-]+$/.test(text) || canBePrincipal(text)) continue;
      yield {
        pointer,
        message: `\`${text}\` can't be an AWS principal, so AWS refuses the policy ("invalid principal")`,
        next: 'write a twelve-digit account ID or the ARN of an account, a user or a role',
      };
    }
  }
}

function canBePrincipal(text: string): boolean {
  return (
    /^\d{12}$/.test(text) ||
    /^arn:aws[a-z-]*:iam::(\d{12}|cloudfront|aws):(root|(user|role)\/.+)$/.test(text) ||
    /^arn:aws[a-z-]*:sts::\d{12}:(assumed-role|federated-user)\/.+$/.test(text) ||
    /^(AIDA|AROA|AGPA|AIPA|ANPA)[A-Z0-9]+$/.test(text)
  );
}

/** Whether some statement lets someone change the key policy. spec: LINT-REFUSE-2 */
export function canBeChanged(policy: PolicyView): boolean {
  return policy.statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      reachesAction(statement, 'kms:PutKeyPolicy') &&
      (statement.notPrincipals !== null ||
        (statement.principals ?? []).some(({ type }) => type === 'AWS' || type === '*')),
  );
}

function* lockout({ policy }: LintContext): Iterable<RuleFinding> {
  if (canBeChanged(policy)) return;
  yield {
    pointer: '',
    message:
      'no statement lets anyone call kms:PutKeyPolicy, so nobody could change this key policy any more and KMS refuses it',
    next: 'keep the statement of the default key policy that allows `kms:*` to `arn:aws:iam::ACCOUNT:root`',
  };
}

/** spec: LINT-REFUSE-3 */
function* foreignResources({ policy, facts }: LintContext): Iterable<RuleFinding> {
  const bucket = facts.bucketName ?? likelyBucket(policy);
  if (bucket === null) return;
  for (const statement of policy.statements) {
    for (const { text, pointer } of [...(statement.resources ?? []), ...(statement.notResources ?? [])]) {
      if (placeholderIn(text) !== null || /^\*+arn:/.test(text)) continue;
      const resource = /^arn:[^:]*:s3:::(.*)$/s.exec(text)?.[1];
      // Of other services' resources `unsupported-resource-arn-in-policy` speaks where the bucket is only likely.
      const isOther = facts.bucketName !== undefined && text.startsWith('arn:');
      if (resource === undefined ? !isOther : isOfBucket(resource, bucket)) continue;
      yield {
        pointer,
        message: `\`${text}\` is not the bucket \`${bucket}\` or its objects, so S3 refuses the policy ("invalid resource")`,
        next: `write \`arn:aws:s3:::${bucket}\` or \`arn:aws:s3:::${bucket}/*\``,
      };
    }
  }
}

/** The bucket that most of the resources name, where it is not known; the policy can only be about one. */
function likelyBucket(policy: PolicyView): string | null {
  const named = new Map<string, number>();
  for (const { text } of policy.statements.flatMap(({ resources }) => resources ?? [])) {
    const name = /^arn:[^:]*:s3:::([a-z0-9.-]+)(?:\/.*)?$/s.exec(text)?.[1];
    if (name !== undefined) named.set(name, (named.get(name) ?? 0) + 1);
  }
  const [most] = [...named].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

function isOfBucket(resource: string, bucket: string): boolean {
  const [name = '', ...path] = resource.split('/');
  return overlaps(
    name.replaceAll(/\$\{[^}]*\}/g, '*'),
    path.length > 0 || !name.endsWith('*') ? bucket : `${bucket}*`,
  );
}

/** spec: LINT-REFUSE-4 */
const topicActions: ReadonlySet<string> = new Set(
  [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
    'Receive',
    'GetDataProtectionPolicy',
    'PutDataProtectionPolicy',
    'ListTagsForResource',
    'TagResource',
    'UntagResource',
  ].map((name) => `sns:${name.toLowerCase()}`),
);

function* actionsOutOfScope({ policy }: LintContext): Iterable<RuleFinding> {
  for (const statement of policy.statements) {
    for (const { text, pointer } of statement.actions ?? []) {
      const name = text.toLowerCase();
      if (topicActions.has(name) || (hasWildcard(name) && name.startsWith('sns:') && name !== 'sns:*'))
        continue;
      yield {
        pointer,
        message: `\`${text}\` is no action on a topic, so SNS refuses the policy ("action out of service scope")`,
        next: 'list the actions, such as `SNS:Publish`',
      };
    }
  }
}

function* trustActions({ policy }: LintContext): Iterable<RuleFinding> {
  for (const statement of policy.statements) {
    for (const { text, pointer } of statement.actions ?? []) {
      if (/^sts:/i.test(text)) continue;
      yield {
        pointer,
        message: `a trust policy may only specify actions of STS, so IAM refuses \`${text}\``,
        next: 'write `sts:AssumeRole`',
      };
    }
  }
}
