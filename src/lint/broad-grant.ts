/** The twelve checks of Access Analyzer that look for one dangerous action granted broadly, in one place. */
import type { LintContext, RuleFinding } from './lint-rule.ts';
import type { StatementView } from './policy-view.ts';
import { nameOf, reachesAction } from './statement-scope.ts';
import { hasWildcard } from '../policy/glob.ts';

export interface BroadGrant {
  readonly action: string;
  /** How the statement reaches it. */
  readonly by: 'action' | 'star-in-action' | 'not-action';
  readonly on: 'not-resource' | 'star-in-resource';
  /** A condition key that narrows it: with it there is nothing to say. */
  readonly unlessAsked: string | null;
}

/** Each Allow that reaches the action in this way. Every statement is judged alone, Denies are not looked at, as Access Analyzer does. */
export function* broadGrants({ policy }: LintContext, grant: BroadGrant): Iterable<RuleFinding> {
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || !reachesAction(statement, grant.action)) continue;
    if (wayOf(statement, grant.action) !== grant.by || breadthOf(statement) !== grant.on) continue;
    if (statement.conditions.some(({ keyName }) => keyName === grant.unlessAsked)) continue;
    const place =
      grant.on === 'not-resource'
        ? statement.notResources?.[0]
        : statement.resources?.find(({ text }) => text === '*');
    yield {
      pointer: place?.pointer ?? statement.pointer,
      message: `${nameOf(statement)} allows \`${grant.action}\` on ${grant.on === 'not-resource' ? 'all resources but those of NotResource' : 'every resource'}`,
      next: `name the roles in the Resource of a statement of its own for \`${grant.action}\``,
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
