/** Conditions on a resource's tags, and the actions for which no service fills them in. */
import type { ServiceAuthorization } from '../aws/service-authorization.ts';
import { globOf, hasWildcard } from '../policy/glob.ts';
import { matchesKeyName } from './condition-key.ts';
import type { ConditionAt, StatementView } from './policy-view.ts';
import { requiresKey } from './statement-scope.ts';

/** The statement's conditions that a request without this tag of its resource can't meet. */
export function resourceTagConditions(statement: StatementView): readonly ConditionAt[] {
  return statement.conditions.filter(
    (condition) => condition.keyName.startsWith('aws:resourcetag/') && requiresKey(condition),
  );
}

/**
 * The actions that the statement names and for which aws:ResourceTag is never there; with a wildcard, where it is
 * there for none of the actions that it stands for. What is not known counts as tagged.
 */
export function untaggedActions(
  { actions }: StatementView,
  authorization: ServiceAuthorization,
): readonly string[] {
  return (actions ?? []).map(({ text }) => text).filter((text) => isUntagged(text, authorization));
}

function isUntagged(text: string, authorization: ServiceAuthorization): boolean {
  const [prefix = '', name] = text.split(':');
  const service = name === undefined ? null : authorization.service(prefix);
  if (service === null || name === undefined) return false;
  const pattern = globOf(name.toLowerCase());
  const meant = hasWildcard(name)
    ? Object.entries(service.actions).flatMap(([action, details]) =>
        pattern.matches(action.toLowerCase()) ? [details] : [],
      )
    : [authorization.action(prefix, name)].filter((details) => details !== null);
  return (
    meant.length > 0 &&
    !meant.some(({ conditionKeys }) =>
      conditionKeys.some((key) => matchesKeyName(key, 'aws:ResourceTag/any')),
    )
  );
}

/** Some names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, shownMax).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}

const shownMax = 3;
