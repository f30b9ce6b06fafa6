/** What KMS looks at in a policy's text before it stores it. */

/** A word on what keeps the text from being a key policy, or `null`. */
export function policyFault(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const statements = statementsOf(value);
  if (statements.length === 0) return 'no statement';
  for (const statement of statements) {
    const effect = memberOf(statement, 'Effect');
    if (effect !== 'Allow' && effect !== 'Deny') return 'a statement without effect';
    if (memberOf(statement, 'Principal') === undefined && memberOf(statement, 'NotPrincipal') === undefined)
      return 'a statement without principal';
  }
  return null;
}

/** Every AWS principal that the policy names, as written, without the star. */
export function policyPrincipals(text: string): readonly string[] {
  return statementsOf(JSON.parse(text))
    .flatMap((statement) =>
      ['Principal', 'NotPrincipal'].flatMap((member) => {
        const principal = memberOf(statement, member);
        return typeof principal === 'object' && principal !== null ? listOf(memberOf(principal, 'AWS')) : [];
      }),
    )
    .filter((principal) => principal !== '*');
}

function statementsOf(policy: unknown): readonly object[] {
  const statement = typeof policy === 'object' && policy !== null ? memberOf(policy, 'Statement') : undefined;
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  return list.filter((entry) => typeof entry === 'object' && entry !== null);
}

function memberOf(value: object, name: string): unknown {
  return Object.entries(value).find(([member]) => member === name)?.[1];
}

function listOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === 'string');
}
