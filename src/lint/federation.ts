/** Identity providers that a trust policy lets in, and the keys that their claims become. */
import type { ConditionAt, PrincipalAt, StatementView } from './policy-view.ts';

/** The provider's name as its condition keys begin: `token.actions.githubusercontent.com`; `null`: no OIDC provider. */
export function oidcProviderOf({ type, text }: PrincipalAt): string | null {
  if (type !== 'Federated') return null;
  return /:oidc-provider\/(.+)$/.exec(text)?.[1] ?? (text.startsWith('arn:') ? null : text);
}

/** The statement's conditions on this claim of the OIDC providers that it names: on `PROVIDER:aud`. */
export function claimConditions(statement: StatementView, claim: string): readonly ConditionAt[] {
  const keys = (statement.principals ?? [])
    .map(oidcProviderOf)
    .filter((provider) => provider !== null)
    .map((provider) => `${provider}:${claim}`.toLowerCase());
  return statement.conditions.filter(({ keyName }) => keys.includes(keyName));
}

/** Whether the text can be a federated principal: the domain name of a provider, or the ARN of one. */
export function isProvider(text: string): boolean {
  return (
    /^arn:[^:]+:iam::\d{12}:(saml|oidc)-provider\/.+$/.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)
  );
}

/** Whether the statement names the repository by its ID on GitHub, so that names may change. spec: LINT-AA-6 */
export function isRepositoryFixed(statement: StatementView): boolean {
  return claimConditions(statement, 'repository_id').some(
    ({ base, qualifier, ifExists }) => base === 'StringEquals' && qualifier === null && !ifExists,
  );
}
