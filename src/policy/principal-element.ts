/**
 * Principal and NotPrincipal: who a statement of a resource policy is about, and in which way it names the caller.
 * spec: IAM-PRIN-1, IAM-PRIN-2, IAM-PRIN-3, IAM-PRIN-4, IAM-PRIN-5, IAM-PRIN-6, IAM-PRIN-7, IAM-PRIN-8, IAM-PRIN-9
 */
import { parseAccountId } from '../aws/account-id.ts';
import { parseArn } from '../aws/arn.ts';
import type { PrincipalElement, PrincipalEntry } from './document/policy-document.ts';
import type { CompiledElement } from './element.ts';
import { agreed, both, either, maybe, negation, no, yes, matchOf, type Match } from './match.ts';
import type { Principal } from './principal.ts';
import type { Question } from './question.ts';
import { anyWay, joined, matchBy, nobody, reachBy, type Reach, type ReachWay } from './reach.ts';

export interface CompiledPrincipal extends CompiledElement {
  /** In which ways the element names the caller. */
  reach(question: Question): Reach;
}

export function compilePrincipal(element: PrincipalElement, effect: 'Allow' | 'Deny'): CompiledPrincipal {
  const names = element.entries.map(compileEntry);
  const reach = element.isNegated
    ? (question: Question): Reach => reachBy('everyone', notPrincipal(names, effect, question))
    : namesReach(names);
  return {
    element: 'principal',
    pointer: element.pointer,
    member: element.isNegated ? 'NotPrincipal' : 'Principal',
    expected: element.entries.map(({ text }) => text),
    reach,
    test: (question) => anyWay(reach(question)),
    found: ({ principal }) => principalNames(principal),
    unknowns: ({ principal }) => [
      { kind: 'undocumented', why: element.isNegated ? undecidedExemption : undecidedName(principal) },
    ],
  };
}

/** A statement with neither Principal nor NotPrincipal. spec: IAM-PRIN-8 */
export function absentPrincipal(pointer: string, match: Match): CompiledPrincipal {
  const reach = reachBy('everyone', match);
  return {
    element: 'principal',
    pointer,
    member: 'Principal',
    expected: [],
    reach: () => reach,
    test: () => match,
    found: ({ principal }) => principalNames(principal),
    unknowns: () => [
      { kind: 'undocumented', why: 'AWS refuses a statement without Principal in this kind of policy' },
    ],
  };
}

/** What the caller is called in a Principal element, most exact first. */
export function principalNames(principal: Principal): readonly string[] {
  switch (principal.kind) {
    case 'account-root':
      return [rootArn(principal)];
    case 'user':
      return [principal.arn, rootArn(principal)];
    case 'role-session':
      return [principal.sessionArn, principal.roleArn, rootArn(principal)];
    case 'federated-user':
      return [principal.arn, ...(principal.userArn === null ? [] : [principal.userArn]), rootArn(principal)];
    case 'service':
      return [principal.name];
    case 'federated':
      return [principal.provider];
    case 'anonymous':
      return ['anonymous'];
  }
}

type Named = (principal: Principal) => Reach;

function namesReach(names: readonly Named[]): (question: Question) => Reach {
  const [only] = names;
  if (only !== undefined && names.length === 1) return ({ principal }) => only(principal);
  return ({ principal }) => {
    let reach = nobody;
    for (const named of names) reach = joined(reach, named(principal));
    return reach;
  };
}

function compileEntry({ type, text }: PrincipalEntry): Named {
  switch (type) {
    case '*':
      return everyone;
    case 'AWS':
      return text === '*' ? everyone : awsName(text);
    // spec: IAM-PRIN-6
    case 'Service':
      return named('service', text, (principal) => (principal.kind === 'service' ? principal.name : null));
    // spec: IAM-PRIN-7
    case 'Federated':
      return named('federated', text, (principal) =>
        principal.kind === 'federated' ? principal.provider : null,
      );
    case 'CanonicalUser':
      // Which account has this canonical user is not known here. spec: IAM-PRIN-9
      return (principal) => {
        if (!('account' in principal)) return nobody;
        return reachBy(principal.kind === 'account-root' ? 'direct' : 'account', maybe);
      };
  }
}

// spec: IAM-PRIN-1
function everyone(): Reach {
  return reachBy('everyone', yes);
}

function named(
  kind: Principal['kind'],
  text: string,
  nameOf: (principal: Principal) => string | null,
): Named {
  // AWS documents no star for these kinds.
  if (text === '*') return (principal) => (principal.kind === kind ? reachBy('direct', maybe) : nobody);
  return (principal) => (nameOf(principal) === text ? reachBy('direct', yes) : nobody);
}

function awsName(text: string): Named {
  if (parseAccountId(text) !== null) return accountName(text, null);
  const arn = parseArn(text);
  if (arn === null) return uniqueId(text);
  if (arn.service === 'iam' && arn.resource === 'root') return accountName(arn.account, arn.partition);
  return (principal) => arnReach(text, principal);
}

// spec: IAM-PRIN-2
function accountName(account: string, partition: string | null): Named {
  return (principal) => {
    if (!('account' in principal) || principal.account !== account) return nobody;
    if (partition !== null && principal.partition !== partition) return nobody;
    return reachBy(principal.kind === 'account-root' ? 'direct' : 'account', yes);
  };
}

// spec: IAM-PRIN-3, IAM-PRIN-4
function arnReach(text: string, principal: Principal): Reach {
  switch (principal.kind) {
    case 'user':
      return principal.arn === text ? reachBy('direct', yes) : nobody;
    case 'role-session':
      if (principal.roleArn === text) return reachBy('limited', namedRole(principal));
      // No session is called by a wildcard.
      if (
        principal.isSessionNameUncertain &&
        sessionPrefix(text) === sessionPrefix(principal.sessionArn) &&
        !/[*?]/.test(text)
      ) {
        return reachBy('direct', maybe);
      }
      return principal.sessionArn === text ? reachBy('direct', namedRole(principal)) : nobody;
    case 'federated-user':
      if (principal.arn === text) return reachBy('direct', yes);
      return principal.userArn === text ? reachBy('limited', yes) : nobody;
    default:
      return nobody;
  }
}

// spec: IAM-SLR-2
function namedRole({ isServiceLinked }: { readonly isServiceLinked: boolean }): Match {
  return isServiceLinked ? maybe : yes;
}

/** `arn:aws:sts::A:assumed-role/NAME/`, without the session. */
function sessionPrefix(sessionArn: string): string {
  return sessionArn.slice(0, sessionArn.indexOf('/', sessionArn.indexOf('/') + 1) + 1);
}

/** The form in which AWS stores a named user or role, and shows one that was deleted. spec: IAM-PRIN-5 */
function uniqueId(text: string): Named {
  return (principal) => {
    if (principal.kind === 'user' && text.startsWith('AIDA')) {
      return reachBy('direct', principal.uniqueId === null ? maybe : matchOf(principal.uniqueId === text));
    }
    if (principal.kind === 'role-session' && text.startsWith('AROA')) {
      const [role, session] = text.split(':', 2);
      const isRole = principal.roleUniqueId === null ? maybe : matchOf(principal.roleUniqueId === role);
      if (session === undefined) return reachBy('limited', both(isRole, namedRole(principal)));
      const isSession = principal.isSessionNameUncertain ? maybe : matchOf(principal.sessionName === session);
      return reachBy('direct', both(both(isRole, isSession), namedRole(principal)));
    }
    return nobody;
  };
}

/**
 * Whether a statement with NotPrincipal is about the caller. AWS checks the account, then the role, then the
 * session, and does not say what counts where only some of them are listed: that is undecided.
 * spec: IAM-NOTPRIN-1, IAM-NOTPRIN-2, IAM-NOTPRIN-3
 */
function notPrincipal(names: readonly Named[], effect: 'Allow' | 'Deny', question: Question): Match {
  const exempt = isListed(names, question.principal);
  // spec: IAM-NOTPRIN-3
  const always = effect === 'Deny' ? question.hasBoundary : no;
  return either(negation(exempt), always);
}

function isListed(names: readonly Named[], principal: Principal): Match {
  let everyForm: Match = yes;
  let anyForm: Match = no;
  for (const way of formsOf(principal)) {
    let listed: Match = no;
    for (const name of names) {
      const reach = name(principal);
      listed = either(listed, either(matchBy(reach, way), matchBy(reach, 'everyone')));
    }
    everyForm = both(everyForm, listed);
    anyForm = either(anyForm, listed);
  }
  return agreed(everyForm, anyForm);
}

/** The forms in which AWS may look for the caller, as the ways in which an element would name them. */
function formsOf(principal: Principal): readonly ReachWay[] {
  switch (principal.kind) {
    case 'user':
      return ['account', 'direct'];
    case 'role-session':
      return ['account', 'limited', 'direct'];
    case 'federated-user':
      return principal.userArn === null ? ['account', 'direct'] : ['account', 'limited', 'direct'];
    default:
      return ['direct'];
  }
}

function rootArn({ account, partition }: Extract<Principal, { account: unknown }>): string {
  return `arn:${partition}:iam::${account}:root`;
}

const undecidedExemption =
  'AWS does not document whom NotPrincipal exempts that lists only some of account, role and session, or what it does not know by name';

function undecidedName(principal: Principal): string {
  if (principal.kind === 'role-session' && principal.isServiceLinked) {
    return 'the policy names a service-linked role, and AWS does not document whether that lets its service act as the role';
  }
  if (principal.kind === 'role-session' && principal.isSessionNameUncertain) {
    return 'the policy names a session of the role, and what AWS calls its session is observed, not documented';
  }
  return 'the policy names a principal in a form (unique ID, canonical user, star of a kind) that cannot be told from the ARN';
}
