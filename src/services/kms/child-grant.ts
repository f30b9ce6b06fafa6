/** What a grant that is made by right of another grant may hold. */
import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import type { GrantRecord } from './ports.ts';

type Pairs = Readonly<Record<string, string>>;

/**
 * Whether `parent` may give its grantee the right to make this grant: the child lists no operation that the parent
 * lacks, and its constraint is at least as strict.
 * spec: KMS-GRANTOP-3
 */
export function isNoWider(
  { Operations: operations = [], Constraints: constraints }: CreateGrantRequest,
  parent: GrantRecord,
): boolean {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints ?? {};
  const { encryptionContextEquals: parentEquals, encryptionContextSubset: parentSubset } = parent;
  if (!operations.every((operation) => parent.operations.includes(operation))) return false;
  if (parentEquals !== null && (!holds(equals, parentEquals) || !holds(parentEquals, equals ?? {})))
    return false;
  return parentSubset === null || holds(equals, parentSubset) || holds(subset, parentSubset);
}

function holds(pairs: Pairs | undefined, needed: Pairs): boolean {
  return (
    pairs !== undefined &&
    Object.entries(needed).every(([name, value]) => Object.hasOwn(pairs, name) && pairs[name] === value)
  );
}
