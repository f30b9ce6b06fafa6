/**
 * The context keys of one request, three-valued: a key has values, is known to be absent, or is unknown.
 * Names are compared without regard to case (spec: IAM-CASE-5), so they are kept in lower case.
 */
export type ContextValue =
  | { readonly state: 'present'; readonly values: readonly string[]; readonly multivalued: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly why: string };

export interface RequestContext {
  /** The state of the key with this name (any case). Never fails; a key nobody told of is absent or unknown, as the request says. */
  get(name: string): ContextValue;
  /** Every key that was given or derived, in lower case, in no promised order. */
  entries(): Iterable<readonly [name: string, value: ContextValue]>;
}

/** A key that has one value. Numbers and Booleans are compared as their text. */
export function present(value: string | boolean | number): ContextValue {
  return { state: 'present', values: [String(value)], multivalued: false };
}

/** A multivalued key (`aws:TagKeys`, `aws:PrincipalOrgPaths`, `kms:EncryptionContextKeys`, ...). */
export function presentList(values: readonly string[]): ContextValue {
  return { state: 'present', values, multivalued: true };
}

export const absent: ContextValue = { state: 'absent' };

export function unknownValue(why: string): ContextValue {
  return { state: 'unknown', why };
}

/**
 * A context from its entries; names in any case, the last of several with one name counts.
 *
 * @param otherwise what a key is that stands in no entry: absent unless told otherwise
 */
export function requestContext(
  entries: Iterable<readonly [string, ContextValue]>,
  otherwise: ContextValue = absent,
): RequestContext {
  const values = new Map<string, ContextValue>();
  for (const [name, value] of entries) values.set(lowerCased(name), value);
  return {
    // Who asks often asks in lower case already.
    get: (name) => values.get(name) ?? values.get(name.toLowerCase()) ?? otherwise,
    entries: () => values.entries(),
  };
}

/** The same few dozen names are asked for by every request: looking one up is cheaper than lowering it. */
const lowerCaseNames = new Map<string, string>();
const lowerCaseNamesMax = 2_000;

function lowerCased(name: string): string {
  const known = lowerCaseNames.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  if (lowerCaseNames.size >= lowerCaseNamesMax) lowerCaseNames.clear();
  lowerCaseNames.set(name, lower);
  return lower;
}
