/** The twelve checks of Access Analyzer that look for one dangerous action granted broadly, in one place. */
import { hasWildcard } from '../policy/glob.ts';
import { accessAnalyzerRule } from './access-analyzer-rule.ts';
import type { LintContext, LintRule, RuleFinding } from './lint-rule.ts';
import type { StatementView } from './policy-view.ts';
import { nameOf, reachesAction } from './statement-scope.ts';

/** An action that gives away more than itself. */
interface DangerousAction extends Pick<LintRule, 'severity' | 'why'> {
  readonly name: string;
  /** The condition key that narrows it: with it there is nothing to say. */
  readonly narrowedBy: string;
}

export const passRole: DangerousAction = {
  name: 'iam:PassRole',
  severity: 'security-warning',
  why: 'Whoever may pass any role to a service can act with the permissions of any role.',
  narrowedBy: 'iam:passedtoservice',
};

export const createServiceLinkedRole: DangerousAction = {
  name: 'iam:CreateServiceLinkedRole',
  severity: 'warning',
  why: 'It allows services to be given roles that nobody meant to give them.',
  narrowedBy: 'iam:awsservicename',
};

interface BroadGrant {
  /** How the statement reaches the action. */
  readonly by: 'action' | 'star-in-action' | 'not-action';
  readonly on: 'not-resource' | 'star-in-resource';
}

/** The rule against allowing the action in this way. */
export function broadGrantRule(
  action: DangerousAction,
  { by, on, ...rule }: BroadGrant & Required<Pick<LintRule, 'code' | 'issueCode' | 'title' | 'examples'>>,
): LintRule {
  return accessAnalyzerRule({
    ...rule,
    severity: action.severity,
    why: action.why,
    types: ['identity', 'boundary', 'session'],
    check: (context) => broadGrants(context, action, { by, on }),
  });
}

/** Each Allow that reaches the action in this way. Every statement is judged alone, Denies are not looked at, as Access Analyzer does. */
function* broadGrants(
  { policy }: LintContext,
  { name, narrowedBy }: DangerousAction,
  { by, on }: BroadGrant,
): Iterable<RuleFinding> {
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || !reachesAction(statement, name)) continue;
    if (wayOf(statement, name) !== by || breadthOf(statement) !== on) continue;
    if (statement.conditions.some(({ keyName }) => keyName === narrowedBy)) continue;
    const place =
      on === 'not-resource'
        ? statement.notResources?.[0]
        : statement.resources?.find(({ text }) => text === '*');
    yield {
      pointer: place?.pointer ?? statement.pointer,
      message: `${nameOf(statement)} allows \`${name}\` on ${on === 'not-resource' ? 'all resources but those of NotResource' : 'every resource'}`,
      next: `name the roles in the Resource of a statement of its own for \`${name}\``,
    };
  }
}

function wayOf(statement: StatementView, action: string): BroadGrant['by'] {
  if (statement.actions === null) return 'not-action';
  return statement.actions.some(
    ({ text }) => text.toLowerCase() === action.toLowerCase() && !hasWildcard(text),
  )
    ? 'action'
    : 'star-in-action';
}

function breadthOf(statement: StatementView): BroadGrant['on'] | null {
  if (statement.notResources !== null) return 'not-resource';
  return (statement.resources ?? []).some(({ text }) => text === '*') ? 'star-in-resource' : null;
}
