import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** Key policies have a rule of their own, as there the statement is dead. spec: LINT-RES-1 */
export const statementWithoutResource: LintRule = {
  code: 'statement-without-resource',
  issueCode: 'MISSING_RESOURCE',
  severity: 'suggestion',
  title: 'a statement of a resource policy without Resource',
  why: 'In a topic policy it means the topic itself. Other services take it so, too, or refuse it: AWS leaves it to each.',
  url: awsPages.resource,
  types: ['topic', 'resource'],
  examples: {
    wrong: [
      {
        type: 'topic',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sns:Publish' }],
        at: ['/Statement/0'],
      },
      {
        type: 'resource',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sqs:SendMessage' }],
        at: ['/Statement/0'],
      },
    ],
    right: [
      {
        type: 'topic',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'sns:Publish',
            Resource: 'arn:aws:sns:us-east-1:111122223333:config',
          },
        ],
      },
      {
        type: 'resource',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['ecr:BatchGetImage'] }],
      },
    ],
  },
  *check({ policy, type }) {
    for (const statement of policy.statements) {
      if (statement.resources !== null || statement.notResources !== null) continue;
      // The policy of a repository has no Resource in AWS's own samples. spec: LINT-RES-2
      if ((statement.actions ?? []).every(({ text }) => /^ecr:/i.test(text)) && statement.actions !== null)
        continue;
      const isTopic = type === 'topic';
      yield {
        pointer: statement.pointer,
        message: isTopic
          ? `${nameOf(statement)} has no Resource, so it is about the topic that it is attached to`
          : `${nameOf(statement)} has no Resource, and not every service stores such a statement`,
        next: isTopic
          ? "write the topic's ARN as Resource"
          : 'add `"Resource"` with the ARN that it is about',
        ...(!isTopic && { severity: 'warning' as const }),
      };
    }
  },
};
