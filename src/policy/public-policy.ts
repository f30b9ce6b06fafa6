/**
 * When a policy of a bucket counts as public, unless each of its Allow statements is limited to fixed principals or to
 * fixed values of certain condition keys; and whom such a policy still lets in under RestrictPublicBuckets.
 * spec: S3-PUBLIC-1, S3-PUBLIC-2
 */
import type {
  ConditionEntry,
  PolicyDocument,
  PrincipalElement,
  Statement,
} from './document/policy-document.ts';
import type { Principal } from './principal.ts';

/** Whether the policy lets in whoever asks. */
export function isPublicDocument(document: PolicyDocument): boolean {
  return document.statements.some(isPublicStatement);
}

/**
 * Whether RestrictPublicBuckets shuts this caller out of a bucket whose policy is public: all but AWS services and the
 * owner's own account.
 *
 * @param owner the bucket's account; `null`: not given
 * spec: S3-PUBLIC-2
 */
export function isShutOutOfPublicBucket(
  principal: Principal,
  owner: string | null,
): 'yes' | 'no' | 'unknown' {
  if (principal.kind === 'service') return 'no';
  if (!('account' in principal)) return 'yes';
  if (owner === null) return 'unknown';
  return principal.account === owner ? 'no' : 'yes';
}

function isPublicStatement(statement: Statement): boolean {
  if (statement.effect !== 'Allow') return false;
  return !hasFixedPrincipal(statement.principal) && !statement.conditions.some(isFixing);
}

function hasFixedPrincipal(principal: PrincipalElement | null): boolean {
  if (principal === null || principal.isNegated) return false;
  return principal.entries.every(({ text }) => !text.includes('*') && !text.includes('${'));
}

const fixingKeys = new Set([
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

/** A condition that only callers of fixed values meet. A negated or optional one fixes nothing. */
function isFixing({ operator, key, values }: ConditionEntry): boolean {
  const name = operator.toLowerCase().replace(/^for(anyvalue|allvalues):/, '');
  if (name === 'ipaddress')
    return key.toLowerCase() === 'aws:sourceip' && values.every(({ text }) => isNarrowRange(text));
  if (
    !/^(string|arn)(equals|equalsignorecase|like)$/.test(name) ||
    operator.toLowerCase().startsWith('forall')
  )
    return false;
  return (
    fixingKeys.has(key.toLowerCase()) &&
    values.length > 0 &&
    values.every(({ text }) => isFixedValue(key.toLowerCase(), text))
  );
}

function isFixedValue(key: string, text: string): boolean {
  if (text.includes('${')) return false;
  // `arn:aws:config:us-east-1:111122223333:*` names resources of one account: that is fixed. An ARN without account is not.
  if (key === 'aws:sourcearn' && /^arn:[^:*?]+:[^:*?]+:[^:*?]*:\d{12}:/.test(text)) return true;
  return !/[*?]/.test(text);
}

/** Not wider than /8 (IPv4) or /32 (IPv6). */
function isNarrowRange(text: string): boolean {
  const [address = '', bits] = text.split('/');
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(':') ? 32 : 8);
}
