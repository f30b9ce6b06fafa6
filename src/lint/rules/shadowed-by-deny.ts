import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import type { StatementView, TextAt } from '../policy-view.ts';
import { everyone, nameOf } from '../statement-scope.ts';
import { coversArnPattern, coversPattern } from '../wildcard.ts';

/** spec: LINT-REACH-1 */
export const shadowedByDeny: LintRule = {
  code: 'shadowed-by-deny',
  severity: 'warning',
  title: 'an Allow that a Deny of the same policy takes back entirely',
  why: 'An explicit Deny always wins. Where one without conditions covers every caller, action and resource of an Allow, the Allow never takes effect.',
  url: awsPages.evaluation,
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Sid: 'Write',
            Effect: 'Allow',
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/AWSLogs/*',
          },
          { Sid: 'Never', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::config-logs/*' },
        ],
        at: ['/Statement/0'],
      },
      {
        type: 'bucket',
        policy: [
          {
            Sid: 'Read',
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::config-logs/*',
          },
          {
            Sid: 'Never',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: 'arn:aws:s3:::config-logs/*',
          },
        ],
        at: ['/Statement/0'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetBucketAcl'], Resource: '*' },
          { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::config-logs/*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    const denies = policy.statements.filter(
      ({ effect, conditions }) => effect === 'Deny' && conditions.length === 0,
    );
    for (const allow of policy.statements) {
      if (allow.effect !== 'Allow' || allow.actions === null) continue;
      const deny = denies.find((candidate) => coversStatement(candidate, allow));
      if (deny === undefined) continue;
      yield {
        pointer: allow.pointer,
        message: `${nameOf(deny)} denies all that ${nameOf(allow)} allows, so the Allow never takes effect`,
        next: 'remove the Allow, or narrow the Deny',
      };
    }
  },
};

function coversStatement(deny: StatementView, allow: StatementView): boolean {
  return (
    deny.notPrincipals === null &&
    coversCallers(deny, allow) &&
    coversAll(deny.actions, allow.actions, (wide, narrow) =>
      coversPattern(wide.toLowerCase(), narrow.toLowerCase()),
    ) &&
    coversAll(deny.resources, allow.resources, coversArnPattern)
  );
}

function coversCallers(deny: StatementView, allow: StatementView): boolean {
  if (deny.principals === null) return allow.principals === null;
  if (everyone(deny).length > 0) return true;
  return (allow.principals ?? [{ type: '*', text: '*' }]).every(({ type, text }) =>
    (deny.principals ?? []).some((denied) => denied.type === type && denied.text === text),
  );
}

function coversAll(
  wide: readonly TextAt[] | null,
  narrow: readonly TextAt[] | null,
  covers: (wide: string, narrow: string) => boolean,
): boolean {
  if (wide === null || narrow === null) return wide === null && narrow === null;
  return narrow.length > 0 && narrow.every(({ text }) => wide.some((pattern) => covers(pattern.text, text)));
}
