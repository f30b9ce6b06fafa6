/** What a statement reaches, as rules ask for it: actions, callers, delivery's own service principal. */
import type { ConditionAt, PrincipalAt, StatementView, TextAt } from './policy-view.ts';
import { matchesPattern, overlaps } from './wildcard.ts';

export const configServicePrincipal = 'config.amazonaws.com';

/** Whether the statement's actions include this one; the action may hold no wildcard. */
export function reachesAction(statement: StatementView, action: string): boolean {
  const wanted = action.toLowerCase();
  if (statement.actions !== null)
    return statement.actions.some(({ text }) => matchesPattern(text.toLowerCase(), wanted));
  return (
    statement.notActions !== null &&
    !statement.notActions.some(({ text }) => matchesPattern(text.toLowerCase(), wanted))
  );
}

/** Whether some action that the one statement names is one of the other's too. */
export function sharesAction(statement: StatementView, other: StatementView): boolean {
  if (statement.actions === null || other.actions === null) return true;
  const names = statement.actions.map(({ text }) => text.toLowerCase());
  return other.actions.some(({ text }) => names.some((name) => overlaps(name, text.toLowerCase())));
}

/** Whether the statement's actions can include some action of the service. */
export function reachesService(statement: StatementView, prefix: string): boolean {
  if (statement.actions === null) return statement.notActions !== null;
  return statement.actions.some(({ text }) => overlaps(text.toLowerCase(), `${prefix}:*`));
}

/** The service principals that the statement names in Principal. */
export function servicePrincipals(statement: StatementView): readonly PrincipalAt[] {
  return (statement.principals ?? []).filter(({ type }) => type === 'Service');
}

/** An Allow for AWS Config's own service principal. */
export function allowsConfigService(statement: StatementView): boolean {
  return (
    statement.effect === 'Allow' &&
    servicePrincipals(statement).some(({ text }) => text.toLowerCase() === configServicePrincipal)
  );
}

/** The entries of Principal that stand for everyone. */
export function everyone(statement: StatementView): readonly PrincipalAt[] {
  return (statement.principals ?? []).filter(
    ({ type, text }) => text === '*' && (type === '*' || type === 'AWS'),
  );
}

/** A Deny that a service principal can fall under: it names it, or everyone, or all but some. */
export function deniesServices(statement: StatementView): boolean {
  if (statement.effect !== 'Deny') return false;
  if (statement.notPrincipals !== null) return true;
  return (
    everyone(statement).length > 0 ||
    servicePrincipals(statement).some(({ text }) => text.toLowerCase() === configServicePrincipal)
  );
}

/** The conditions on this key (any case). */
export function conditionsOn(statement: StatementView, key: string): readonly ConditionAt[] {
  const name = key.toLowerCase();
  return statement.conditions.filter(({ keyName }) => keyName === name);
}

const negated = /^(String|Numeric|Date|Arn)Not|^NotIpAddress$/;

/** `StringNotEquals`, `ArnNotLike`, ...: matches where no value does, and where the key is absent. */
export function isNegated(condition: ConditionAt): boolean {
  return negated.test(condition.base);
}

/** A positive test that a request without the key can't pass. */
export function requiresKey(condition: ConditionAt): boolean {
  if (condition.base === 'Null')
    return (
      condition.qualifier === null && condition.values.every(({ text }) => text.toLowerCase() === 'false')
    );
  return !isNegated(condition) && !condition.ifExists && condition.qualifier !== 'ForAllValues';
}

/** A condition that spares AWS's own services: a Deny that also asks `aws:PrincipalIsAWSService` to be false, and its kin. */
export function sparesServices(statement: StatementView): boolean {
  const isFalse = (condition: ConditionAt): boolean =>
    condition.base === 'Bool' && condition.values.every(({ text }) => text.toLowerCase() === 'false');
  return (
    conditionsOn(statement, 'aws:PrincipalIsAWSService').some(isFalse) ||
    // The key is absent for a service principal: a plain test of it can't match one.
    statement.conditions.some(
      (condition) => absentForServices.has(condition.keyName) && requiresKey(condition),
    ) ||
    conditionsOn(statement, 'aws:PrincipalServiceName').some(
      (condition) =>
        isNegated(condition) &&
        condition.values.some(({ text }) => matchesPattern(text, configServicePrincipal)),
    ) ||
    conditionsOn(statement, 'aws:PrincipalServiceNamesList').some(
      (condition) =>
        isNegated(condition) &&
        condition.values.some(({ text }) => matchesPattern(text, configServicePrincipal)),
    )
  );
}

/** Condition keys that no request of a service principal carries. spec: LINT-SERVICE-1 */
export const absentForServices: ReadonlySet<string> = new Set(
  [
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalType',
    'aws:userid',
    'aws:username',
  ].map((key) => key.toLowerCase()),
);

/** A person's name for the statement: its Sid, else its place. */
export function nameOf(statement: StatementView): string {
  return statement.sid === null || statement.sid.text === ''
    ? `the statement at ${statement.pointer}`
    : `the statement \`${statement.sid.text}\``;
}

/** Every text of the statement in which an ARN may stand: Resource, NotResource, principals, condition values. */
export function* statementTexts(statement: StatementView): Iterable<TextAt> {
  for (const list of [statement.actions, statement.notActions, statement.resources, statement.notResources])
    yield* list ?? [];
  for (const list of [statement.principals, statement.notPrincipals]) yield* list ?? [];
  for (const condition of statement.conditions) yield* condition.values;
}
