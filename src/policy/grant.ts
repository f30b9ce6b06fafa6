/**
 * KMS grants: they only allow, to one grantee, some operations, under constraints on the encryption context.
 * spec: IAM-GRANT-1, IAM-GRANT-2, IAM-GRANT-3, IAM-GRANT-4, IAM-GRANT-5, IAM-GRANT-7, KMS-GRANTOP-3
 */
import { parseAccountId } from '../aws/account-id.ts';
import { both, either, maybe, negation, no, yes, matchOf, type Match } from './match.ts';
import type { GrantInput } from './policy-inputs.ts';
import { compilePrincipal, type CompiledPrincipal } from './principal-element.ts';
import type { Question } from './question.ts';
import { joined, narrowed, nobody, reachBy, type Reach } from './reach.ts';

/** In which ways a grant lets the caller do what it asks. */
export function grantReach(grant: GrantInput, question: Question): Reach {
  const operation = question.action.slice(question.action.indexOf(':') + 1).toLowerCase();
  const retires = operation === 'retiregrant' ? retiringReach(grant, question) : nobody;
  const isListed = matchOf(grant.operations.some((item) => item.toLowerCase() === operation));
  if (isListed === no) return retires;
  const { granteePrincipal } = grant;
  const grantee = granteePrincipal === null ? perhaps(question) : granteeReach(granteePrincipal, question);
  return joined(retires, narrowed(grantee, constraintMatch(grant, operation, question)));
}

/** The condition keys that what a grant gives depends on, and that are not known. */
export function openKeys(grant: GrantInput, { context, action }: Question): readonly string[] {
  const names = Object.keys({ ...grant.encryptionContextSubset, ...grant.encryptionContextEquals });
  const pairs = names.map((name) => `kms:EncryptionContext:${name}`);
  const isUnknown = (key: string): boolean => context.get(key).state === 'unknown';
  if (action.toLowerCase() !== 'kms:creategrant') return pairs.filter(isUnknown);
  // Every new grant lists something: a request without this key was not given in full.
  const operations = context.get('kms:GrantOperations').state === 'present' ? [] : ['kms:GrantOperations'];
  return [...operations, ...[...pairs, 'kms:GrantConstraintType'].filter(isUnknown)];
}

/**
 * Whom the grant lets retire it. AWS's guide says both that the account can delegate kms:RetireGrant to its principals
 * and that this permission alone lets nobody retire a grant. spec: IAM-GRANT-5, IAM-GRANT-7
 */
function retiringReach({ retiringPrincipal, issuingAccount }: GrantInput, question: Question): Reach {
  const named = granteeReach(retiringPrincipal, question);
  const { principal, isSameAccount } = question;
  if (!('account' in principal)) return named;
  const isIssuer = issuingAccount === null ? maybe : matchOf(issuingAccount === principal.account);
  const isOwner = both(isSameAccount, maybe);
  const ofAccount =
    principal.kind === 'account-root'
      ? reachBy('direct', either(isIssuer, isOwner))
      : reachBy('account', either(both(isIssuer, maybe), isOwner));
  return joined(named, ofAccount);
}

// spec: IAM-GRANT-2
function granteeReach(name: string | null, question: Question): Reach {
  if (name === null) return nobody;
  const { principal } = question;
  // Customers can't grant to a service principal; what a grant that names one lets it do depends on a source ARN.
  if (principal.kind === 'service') return reachBy('direct', name === principal.name ? maybe : no);
  return granteeName(name).reach(question);
}

/** Nobody was told who the grantee is. spec: IAM-GRANT-2 */
function perhaps({ principal }: Question): Reach {
  return principal.kind === 'service' ? nobody : reachBy('direct', maybe);
}

const granteeNames = new Map<string, CompiledPrincipal>();
const granteeNamesMax = 1_000;

function granteeName(name: string): CompiledPrincipal {
  const known = granteeNames.get(name);
  if (known !== undefined) return known;
  const isName = name.startsWith('arn:') || parseAccountId(name) !== null;
  const entries = [{ type: 'AWS' as const, text: isName ? name : '', pointer: '' }];
  const compiled = compilePrincipal({ isNegated: false, pointer: '', entries }, 'Allow');
  if (granteeNames.size >= granteeNamesMax) granteeNames.clear();
  granteeNames.set(name, compiled);
  return compiled;
}

/** Operations that carry no encryption context, so that constraints do not apply. spec: IAM-GRANT-4 */
const withoutContext: ReadonlySet<string> = new Set(['describekey', 'retiregrant']);

const contextPrefix = 'kms:encryptioncontext:';

// spec: IAM-GRANT-3
function constraintMatch(grant: GrantInput, operation: string, question: Question): Match {
  if (withoutContext.has(operation)) return yes;
  if (operation === 'creategrant') return childMatch(grant, question);
  return pairsOfConstraint(grant, question);
}

/**
 * A grant that is made by right of another lists no operation that the other lacks, and its constraint is at least as
 * strict. The context has the new grant's pairs as it has those of other requests. spec: KMS-GRANTOP-3
 */
function childMatch(parent: GrantInput, question: Question): Match {
  const { context } = question;
  const operations = context.get('kms:GrantOperations');
  const hasAll =
    operations.state === 'present'
      ? matchOf(operations.values.every((name) => parent.operations.includes(name)))
      : maybe;
  const { encryptionContextSubset: subset, encryptionContextEquals: equals } = parent;
  if (subset === null && equals === null) return hasAll;
  const type = context.get('kms:GrantConstraintType');
  const isStrict =
    type.state === 'unknown'
      ? maybe
      : matchOf(
          type.state === 'present' && (equals === null || type.values.includes('EncryptionContextEquals')),
        );
  return both(both(hasAll, isStrict), pairsOfConstraint(parent, question));
}

function pairsOfConstraint(grant: GrantInput, question: Question): Match {
  const { encryptionContextSubset: subset, encryptionContextEquals: equals } = grant;
  const hasAll = both(pairsMatch(subset, question), pairsMatch(equals, question));
  return equals === null ? hasAll : both(hasAll, negation(hasOtherPairs(equals, question)));
}

function pairsMatch(pairs: Readonly<Record<string, string>> | null, { context }: Question): Match {
  let match: Match = yes;
  for (const [name, expected] of Object.entries(pairs ?? {})) {
    const value = context.get(contextPrefix + name);
    if (value.state === 'unknown') match = both(match, maybe);
    else
      match = both(
        match,
        matchOf(value.state === 'present' && value.values.length === 1 && value.values[0] === expected),
      );
  }
  return match;
}

/** Whether the request's encryption context has pairs that the constraint does not list. */
function hasOtherPairs(pairs: Readonly<Record<string, string>>, { context }: Question): Match {
  const listed = new Set(Object.keys(pairs).map((name) => name.toLowerCase()));
  let others: Match = no;
  for (const [name, value] of context.entries()) {
    if (!name.startsWith(contextPrefix) || listed.has(name.slice(contextPrefix.length))) continue;
    if (value.state === 'present') return yes;
    if (value.state === 'unknown') others = either(others, maybe);
  }
  // A key that stands in no entry tells what an unlisted one is: absent, or unknown.
  const unlisted = context.get(`${contextPrefix}\u0000`);
  return unlisted.state === 'unknown' ? either(others, maybe) : others;
}
