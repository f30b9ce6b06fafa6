/**
 * A second engine, for tests only: the rules of spec/iam.md written down as naively as they read. No policy is
 * compiled, nothing is indexed, and what is unknown is not computed with but tried: every unknown is given every
 * sample value in turn.
 */
import type { AccountId } from '../../src/aws/account-id.ts';
import type { ContextValue } from '../../src/policy/context.ts';
import type { Principal } from '../../src/policy/principal.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { everyWorld, type World, type WorldOptions } from './every-world.ts';
import {
  charactersOf,
  conditionsHold,
  matches,
  splitArn,
  template,
  type Lookup,
  type PlainCondition,
  type Token,
} from './reference-conditions.ts';

type OneOrMore = string | readonly string[];
export type PlainPrincipal = '*' | Readonly<Record<string, OneOrMore>>;

export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PlainPrincipal;
  readonly NotPrincipal?: PlainPrincipal;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: PlainCondition;
}

export interface PlainPolicy {
  readonly Version?: string;
  readonly Statement: readonly PlainStatement[];
}

/** `'unknown'`: there is a policy, and what it says was not given. */
export type GivenPolicy = PlainPolicy | 'unknown';
export type ResourcePolicyType = 'key' | 'bucket' | 'topic' | 'trust';

export interface PlainGrant {
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly retiringPrincipal: string | null;
  readonly issuingAccount: AccountId | null;
  readonly encryptionContextSubset: Readonly<Record<string, string>> | null;
  readonly encryptionContextEquals: Readonly<Record<string, string>> | null;
}

/** The policies that may apply to a request, as JSON. */
export interface PlainPolicies {
  readonly identity: readonly GivenPolicy[];
  readonly boundary: GivenPolicy | null;
  readonly session: readonly GivenPolicy[] | null;
  readonly resource: { readonly type: ResourcePolicyType; readonly policy: GivenPolicy } | null;
  readonly grants: readonly PlainGrant[];
  readonly scp: readonly (readonly GivenPolicy[])[] | null;
  readonly rcp: readonly (readonly GivenPolicy[])[] | null;
  readonly vpcEndpoint: GivenPolicy | null;
}

export type ReferenceOutcome = 'allowed' | 'denied';
type KnownValue = Exclude<ContextValue, { state: 'unknown' }>;

/** The outcomes that the request has, over all ways in which its unknowns may turn out. */
export function possibleOutcomes(
  request: AuthorizationRequest,
  policies: PlainPolicies,
  samples: readonly KnownValue[],
  options: WorldOptions,
): { readonly results: ReadonlySet<ReferenceOutcome>; readonly isComplete: boolean } {
  return everyWorld((world) => decided({ request, policies, samples, world }), options, 2);
}

interface Asked {
  readonly request: AuthorizationRequest;
  readonly policies: PlainPolicies;
  readonly samples: readonly KnownValue[];
  readonly world: World;
}

function decided(asked: Asked): ReferenceOutcome {
  const { request, policies, world } = asked;
  const { principal: caller } = request;
  const action = request.action.toLowerCase();
  // spec: IAM-STS-1
  const isFree = action === 'sts:getcalleridentity' || action === 'sts:getsessiontoken';
  if (isFree && caller.kind !== 'anonymous') return 'allowed';
  const account = accountOf(caller);
  const owner = ownerOf(asked, account);
  const isOwn = account === owner;
  const isKey = isKeyRequest(request);
  // spec: IAM-KMS-4
  if (isKey && account !== null && !isOwn && !worksAcrossAccounts(action)) return 'denied';

  const identity = layer(asked, 'identity', policies.identity, hasIdentity(caller));
  const boundary = limit(
    asked,
    'boundary',
    policies.boundary,
    hasIdentity(caller) && !isServiceLinked(caller),
  );
  const sessions = (policies.session ?? []).map((policy, index) =>
    layer(asked, `session ${index}`, [policy], hasSession(caller)),
  );
  const scps = appliesScp(caller) ? levels(asked, 'scp', policies.scp) : [];
  const rcps = appliesRcp(caller, action) ? levels(asked, 'rcp', policies.rcp) : [];
  const passesEndpoint =
    caller.kind !== 'service' && !isServiceLinked(caller) && request.isForwarded !== true;
  const endpoint = limit(asked, 'vpc-endpoint', policies.vpcEndpoint, passesEndpoint);
  const resource = resourceLayer(asked, account !== null && isOwn);

  // spec: IAM-EVAL-1, IAM-RCP-1
  const all = [identity, boundary, ...sessions, ...scps, ...rcps, endpoint, resource];
  if (all.some((policy) => policy?.denies === true)) return 'denied';
  // spec: IAM-SCP-1, IAM-VPCE-1
  if (scps.some((level) => level.allows === 'nobody')) return 'denied';
  if (endpoint?.allows === 'nobody') return 'denied';

  // spec: IAM-EVAL-9
  if (account === null) return resource.allows === 'nobody' ? 'denied' : 'allowed';

  const isBounded = boundary !== null && boundary.allows === 'nobody';
  const isLimited = () => isBounded || !sessionAllows(asked, sessions);
  // spec: IAM-CALLER-2
  const identityAllows = () =>
    caller.kind === 'account-root' || (identity.allows !== 'nobody' && !isLimited());

  if (grantAllows(asked, identity, isLimited)) return 'allowed';
  if (!isOwn) return resource.allows !== 'nobody' && identityAllows() ? 'allowed' : 'denied';

  const needsResourcePolicy = isKey || isRoleRequest(request);
  if (!needsResourcePolicy && identityAllows()) return 'allowed';
  switch (resource.allows) {
    case 'nobody':
      return 'denied';
    case 'account':
      return identityAllows() ? 'allowed' : 'denied';
    case 'role':
      return isLimited() ? 'denied' : 'allowed';
    case 'everyone':
      // spec: IAM-KMS-5
      if (isKey && isLimited()) return world.choose('everyone of a key under a limit', ['allowed', 'denied']);
      return 'allowed';
    case 'exact':
      return 'allowed';
  }
}

function accountOf(caller: Principal): string | null {
  return 'account' in caller ? caller.account : null;
}

/** Across accounts an ARN says whose resource it is, where it says it. */
function ownerOf({ request, world }: Asked, account: string | null): string | null {
  if (request.resourceAccount !== null) return request.resourceAccount;
  if (request.resource === '*') return account;
  const named = request.resource.split(':')[4] ?? '';
  if (named !== '') return named;
  return world.choose('resourceAccount', [account, '999999999999']);
}

function isKeyRequest({ action, resource }: AuthorizationRequest): boolean {
  return action.toLowerCase().startsWith('kms:') && resource.includes(':key/');
}

function isRoleRequest({ action, resource }: AuthorizationRequest): boolean {
  return action.toLowerCase().startsWith('sts:') && resource.includes(':role/');
}

function worksAcrossAccounts(action: string): boolean {
  return [
    ...['kms:decrypt', 'kms:encrypt', 'kms:generatedatakey', 'kms:describekey', 'kms:getpublickey'],
    ...[
      'kms:getkeyrotationstatus',
      'kms:creategrant',
      'kms:listgrants',
      'kms:retiregrant',
      'kms:revokegrant',
    ],
  ].includes(action);
}

/** spec: IAM-CALLER-1 */
function hasIdentity(caller: Principal): boolean {
  return caller.kind === 'user' || caller.kind === 'role-session' || caller.kind === 'federated-user';
}

function isServiceLinked(caller: Principal): boolean {
  return caller.kind === 'role-session' && caller.isServiceLinked;
}

function hasSession(caller: Principal): boolean {
  return caller.kind === 'role-session' || caller.kind === 'federated-user';
}

/** spec: IAM-SCP-2, IAM-SCP-3, IAM-SLR-1 */
function appliesScp(caller: Principal): boolean {
  return (hasIdentity(caller) || caller.kind === 'account-root') && !isServiceLinked(caller);
}

/** spec: IAM-RCP-2, IAM-RCP-3, IAM-SLR-1 */
function appliesRcp(caller: Principal, action: string): boolean {
  const isCovered = ['kms:', 's3:', 'sts:'].some((service) => action.startsWith(service));
  return isCovered && action !== 'kms:retiregrant' && !isServiceLinked(caller);
}

/** spec: IAM-SESSION-1, IAM-SESSION-2, IAM-SESSION-3 */
function sessionAllows({ request, policies, world }: Asked, sessions: readonly Summary[]): boolean {
  if (!hasSession(request.principal)) return true;
  if (policies.session === null) return request.principal.kind !== 'federated-user';
  const allowing = sessions.filter(({ allows }) => allows !== 'nobody').length;
  if (allowing === 0 || allowing === sessions.length) return allowing > 0;
  return world.choose('several session policies', [true, false]);
}

/** In which way the strongest Allow of a layer names the caller, the weakest first. spec: IAM-EVAL-6 */
type Strength = 'nobody' | 'account' | 'role' | 'everyone' | 'exact';
const strengths: readonly Strength[] = ['nobody', 'account', 'role', 'everyone', 'exact'];

function strongest(all: readonly Strength[]): Strength {
  return strengths.findLast((strength) => all.includes(strength)) ?? 'nobody';
}

interface Summary {
  readonly allows: Strength;
  readonly denies: boolean;
}

const nothing: Summary = { allows: 'nobody', denies: false };

function limit(asked: Asked, name: string, policy: GivenPolicy | null, applies: boolean): Summary | null {
  return policy === null || !applies ? null : layer(asked, name, [policy], true);
}

function levels(asked: Asked, name: string, given: PlainPolicies['scp']): readonly Summary[] {
  return (given ?? []).map((level, index) => layer(asked, `${name} ${index}`, level, true));
}

function resourceLayer(asked: Asked, isOwn: boolean): Summary {
  const { request, policies } = asked;
  if (policies.resource === null) return nothing;
  const { type, policy } = policies.resource;
  const action = request.action.toLowerCase();
  // spec: IAM-GRANT-5
  if (action === 'kms:retiregrant') return nothing;
  const summary = layer(asked, type, [policy], true);
  // spec: IAM-S3-1
  const mends = ['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy'].includes(action);
  const isSafe = mends && isOwn && request.principal.kind === 'account-root';
  return isSafe ? { ...summary, denies: false } : summary;
}

/** Policies that are judged together. spec: IAM-EVAL-4 */
function layer(asked: Asked, name: string, given: readonly GivenPolicy[], applies: boolean): Summary {
  if (!applies) return nothing;
  const allows: Strength[] = [];
  let denies = false;
  given.forEach((policy, index) => {
    const where = `${name}[${index}]`;
    if (policy === 'unknown') {
      const says = asked.world.choose(`${where} says`, ['deny', ...strengths] as const);
      if (says === 'deny') denies = true;
      else allows.push(says);
      return;
    }
    policy.Statement.forEach((statement, number) => {
      const strength = reach(asked, statement, policy, name.split(' ')[0] ?? '', `${where}/${number}`);
      if (strength === 'nobody') return;
      if (statement.Effect === 'Deny') denies = true;
      else allows.push(strength);
    });
  });
  return { allows: strongest(allows), denies };
}

/** In which way the statement matches the request. spec: IAM-EVAL-2 */
function reach(
  asked: Asked,
  statement: PlainStatement,
  policy: PlainPolicy,
  type: string,
  where: string,
): Strength {
  const { world } = asked;
  const lookup = (inWorld: World): Lookup => lookupOf({ ...asked, world: inWorld });
  // spec: IAM-VAR-1
  const hasVariables = policy.Version === '2012-10-17';
  const who = world.part(`${where} principal`, (part) =>
    principalReach({ ...asked, world: part }, statement, type),
  );
  if (who === 'nobody') return 'nobody';
  const isAction = world.part(`${where} action`, (part) =>
    actionMatches({ ...asked, world: part }, statement),
  );
  if (!isAction) return 'nobody';
  const isResource = world.part(`${where} resource`, (part) =>
    resourceMatches({ ...asked, world: part }, statement, type, where, {
      lookup: lookup(part),
      hasVariables,
      withWildcards: true,
    }),
  );
  if (!isResource) return 'nobody';
  const holds = conditionsHold(statement.Condition ?? {}, where, {
    world,
    lookupIn: lookup,
    isUnknown: (key) => valueOf(asked, key).state === 'unknown',
    hasVariables,
  });
  return holds ? who : 'nobody';
}

function listOf(value: OneOrMore): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function wildcarded(text: string): readonly Token[] {
  return charactersOf(text).map((c) => (c === '*' || c === '?' ? { wildcard: c } : c));
}

/** spec: IAM-ACTION-2 */
function actionMatches(asked: Asked, { Action, NotAction }: PlainStatement): boolean {
  const listed = listOf(Action ?? NotAction ?? []).some((pattern) => actionPatternMatches(asked, pattern));
  return Action === undefined ? !listed : listed;
}

/** spec: IAM-CASE-1, IAM-ACTION-1, IAM-ACTION-3, IAM-ACTION-4 */
function actionPatternMatches({ request, world }: Asked, pattern: string): boolean {
  if (pattern === '*') return true;
  const [asked, text] = [request.action.toLowerCase(), pattern.toLowerCase()];
  const colon = text.indexOf(':');
  if (colon < 0)
    return matches(wildcarded(text), charactersOf(asked)) && world.choose(`action ${text}`, [false, true]);
  const at = asked.indexOf(':');
  return (
    matches(wildcarded(text.slice(0, colon)), charactersOf(asked.slice(0, at))) &&
    matches(wildcarded(text.slice(colon + 1)), charactersOf(asked.slice(at + 1)))
  );
}

/** spec: IAM-RES-7, IAM-KMS-6 */
function resourceMatches(
  asked: Asked,
  { Resource, NotResource }: PlainStatement,
  type: string,
  where: string,
  variables: Parameters<typeof template>[1],
): boolean {
  const patterns = Resource ?? NotResource;
  if (patterns === undefined) {
    if (type === 'key') return false;
    if (type === 'trust' || type === 'topic') return true;
    return asked.world.choose(`${where} without Resource`, [false, true]);
  }
  const listed = listOf(patterns).some((pattern) => resourcePatternMatches(asked, pattern, type, variables));
  return Resource === undefined ? !listed : listed;
}

/** spec: IAM-RES-1, IAM-RES-2, IAM-RES-3, IAM-RES-4, IAM-RES-5, IAM-RES-6, IAM-VAR-4 */
function resourcePatternMatches(
  { request, world }: Asked,
  pattern: string,
  type: string,
  variables: Parameters<typeof template>[1],
): boolean {
  if (pattern === '*') return true;
  if (request.resource === '*') return false;
  const tokens = template(pattern, variables);
  if (tokens === null) return false;
  const resource = charactersOf(request.resource);
  const maybe = (why: string) => world.choose(`${why} ${pattern}`, [false, true]);
  if (pattern.startsWith('*arn:')) return matches(tokens, resource) && maybe('asterisks');
  const parts = splitArn(tokens, world);
  const hasWildcard = tokens.some(isWildcard);
  const isShort = parts.length < 6;
  const isOwners = ['identity', 'boundary', 'session'].includes(type);
  const isControl = type === 'scp' || type === 'rcp';
  if (isShort && !isOwners && !isControl && !hasWildcard) return false;
  const padded = Array.from({ length: 6 }, (_, index) => parts[index] ?? [{ wildcard: '*' } as const]);
  const found = splitArn(resource);
  if (!padded.every((part, index) => matches(part, found[index] ?? []))) return false;
  if (isShort && (type === 'rcp' || (type === 'scp' && !pattern.endsWith('*')))) return maybe('short');
  const service = parts[2] ?? [];
  return service.some(isWildcard) ? maybe('service') : true;
}

function isWildcard(token: Token): boolean {
  return typeof token !== 'string' && 'wildcard' in token;
}

/** spec: IAM-PRIN-8 */
function principalReach(asked: Asked, statement: PlainStatement, type: string): Strength {
  if (['identity', 'boundary', 'session', 'scp'].includes(type)) return 'exact';
  const { Principal, NotPrincipal } = statement;
  if (Principal !== undefined)
    return strongest(entriesOf(Principal).map((entry) => principalMatches(asked, ...entry)));
  if (NotPrincipal === undefined)
    return type === 'vpc-endpoint'
      ? asked.world.choose('endpoint without Principal', ['nobody', 'everyone'])
      : 'nobody';
  return isExcepted(asked, NotPrincipal, statement.Effect) ? 'nobody' : 'everyone';
}

function entriesOf(principal: PlainPrincipal): readonly (readonly [kind: string, name: string])[] {
  if (principal === '*') return [['AWS', '*']];
  return Object.entries(principal).flatMap(([kind, names]) =>
    listOf(names).map((name) => [kind, name] as const),
  );
}

/** spec: IAM-PRIN-1, IAM-PRIN-2, IAM-PRIN-3, IAM-PRIN-4, IAM-PRIN-5, IAM-PRIN-6, IAM-PRIN-7, IAM-PRIN-9 */
function principalMatches(asked: Asked, kind: string, name: string): Strength {
  const { world } = asked;
  const { principal: caller } = asked.request;
  if (kind === 'Service') return caller.kind === 'service' && caller.name === name ? 'exact' : 'nobody';
  if (kind === 'Federated')
    return caller.kind === 'federated' && caller.provider === name ? 'exact' : 'nobody';
  const account = accountOf(caller);
  if (kind === 'CanonicalUser')
    return account === null ? 'nobody' : world.choose(`canonical ${name}`, ['nobody', 'account']);
  if (name === '*') return 'everyone';
  if (account === null) return 'nobody';
  if (name === account || name === `arn:aws:iam::${account}:root`)
    return caller.kind === 'account-root' ? 'exact' : 'account';
  switch (caller.kind) {
    case 'user':
      return name === caller.arn || isUniqueId(asked, name, 'AIDA', caller.uniqueId) ? 'exact' : 'nobody';
    case 'federated-user':
      if (name === caller.arn) return 'exact';
      return name === caller.userArn ? 'role' : 'nobody';
    case 'role-session': {
      const isSession = name === sessionArnOf(asked, caller);
      const isRole = name === caller.roleArn || isUniqueId(asked, name, 'AROA', caller.roleUniqueId);
      // spec: IAM-SLR-2
      if ((isSession || isRole) && caller.isServiceLinked)
        return world.choose(`service-linked role ${name}`, ['nobody', isSession ? 'exact' : 'role']);
      if (isSession) return 'exact';
      return isRole ? 'role' : 'nobody';
    }
    default:
      return 'nobody';
  }
}

function isUniqueId({ world }: Asked, name: string, prefix: string, given: string | null): boolean {
  if (!name.startsWith(prefix)) return false;
  return given === null ? world.choose(`unique ID ${name}`, [false, true]) : name === given;
}

function sessionArnOf({ world }: Asked, caller: Extract<Principal, { kind: 'role-session' }>): string {
  if (!caller.isSessionNameUncertain) return caller.sessionArn;
  const name = world.choose('session name', [caller.sessionName, 'another', 'other']);
  return `${caller.sessionArn.slice(0, caller.sessionArn.lastIndexOf('/'))}/${name}`;
}

/** Does NotPrincipal leave the caller out? spec: IAM-NOTPRIN-1, IAM-NOTPRIN-2, IAM-NOTPRIN-3 */
function isExcepted(asked: Asked, NotPrincipal: PlainPrincipal, effect: string): boolean {
  const { principal: caller } = asked.request;
  if (effect === 'Deny' && asked.policies.boundary !== null && hasIdentity(caller)) {
    // What was not given may also not be there.
    const isUndecided = caller.kind === 'federated-user' || asked.policies.boundary === 'unknown';
    const defeats = !isUndecided || asked.world.choose('boundary defeats NotPrincipal', [false, true]);
    if (defeats && !isServiceLinked(caller)) return false;
  }
  const listed = entriesOf(NotPrincipal);
  if (listed.some(([kind, name]) => kind === 'AWS' && name === '*')) return true;
  const forms = formsOf(asked).map((isForm) => listed.some(([kind, name]) => isForm(kind, name)));
  if (forms.every((isListed) => isListed)) return forms.length > 0;
  if (!forms.some((isListed) => isListed)) return false;
  return asked.world.choose(`partly listed ${JSON.stringify(NotPrincipal)}`, [false, true]);
}

function formsOf(asked: Asked): readonly ((kind: string, name: string) => boolean)[] {
  const { principal: caller } = asked.request;
  const { world } = asked;
  if (caller.kind === 'anonymous') return [];
  if (caller.kind === 'service') return [(kind, name) => kind === 'Service' && name === caller.name];
  if (caller.kind === 'federated') return [(kind, name) => kind === 'Federated' && name === caller.provider];
  const isAccount = (kind: string, name: string) =>
    kind === 'CanonicalUser'
      ? world.choose(`canonical ${name}`, ['nobody', 'account']) === 'account'
      : name === caller.account || name === `arn:aws:iam::${caller.account}:root`;
  if (caller.kind === 'account-root') return [isAccount];
  if (caller.kind === 'user')
    return [isAccount, (_, name) => name === caller.arn || isUniqueId(asked, name, 'AIDA', caller.uniqueId)];
  if (caller.kind === 'federated-user')
    return [isAccount, (_, name) => name === caller.userArn, (_, name) => name === caller.arn];
  return [
    isAccount,
    (_, name) => name === caller.roleArn || isUniqueId(asked, name, 'AROA', caller.roleUniqueId),
    (_, name) => name === sessionArnOf(asked, caller),
  ];
}

/** spec: IAM-CASE-5 */
function lookupOf(asked: Asked): Lookup {
  return (key) => {
    const value = valueOf(asked, key);
    return value.state === 'unknown' ? asked.world.choose(`key ${key.toLowerCase()}`, asked.samples) : value;
  };
}

function valueOf(asked: Asked, key: string): ContextValue {
  const name = key.toLowerCase();
  return derived(asked, name) ?? asked.request.context.get(name);
}

/** spec: IAM-CTX-1, IAM-CTX-2, IAM-CTX-3, IAM-CTX-4, IAM-CTX-5, IAM-CTX-6 */
function derived(asked: Asked, name: string): ContextValue | null {
  const { principal: caller, isForwarded } = asked.request;
  const text = (value: string | null): ContextValue =>
    value === null ? { state: 'absent' } : { state: 'present', values: [value], multivalued: false };
  const unknown: ContextValue = { state: 'unknown', why: 'not documented' };
  const account = accountOf(caller);
  switch (name) {
    case 'aws:viaawsservice':
      return text(String(isForwarded === true));
    case 'aws:principalisawsservice':
      if (caller.kind === 'service') return text('true');
      return text(accountOf(caller) === null ? null : 'false');
    case 'aws:principalservicename':
      return text(caller.kind === 'service' ? caller.name : null);
    case 'aws:principalaccount':
      return text(caller.kind === 'anonymous' ? 'anonymous' : accountOf(caller));
    case 'aws:principalarn':
      if (caller.kind === 'account-root') return text(`arn:aws:iam::${caller.account}:root`);
      if (caller.kind === 'role-session') return text(caller.roleArn);
      return text('arn' in caller ? caller.arn : null);
    case 'aws:username':
      return text(caller.kind === 'user' ? caller.arn.slice(caller.arn.lastIndexOf('/') + 1) : null);
    case 'aws:principaltype': {
      if (caller.kind === 'service') return unknown;
      const types = {
        'account-root': 'Account',
        user: 'User',
        'role-session': 'AssumedRole',
        'federated-user': 'FederatedUser',
        federated: null,
        anonymous: 'Anonymous',
      };
      return text(types[caller.kind]);
    }
    case 'aws:userid':
      if (caller.kind === 'user') return caller.uniqueId === null ? unknown : text(caller.uniqueId);
      if (caller.kind === 'account-root') return text(account);
      if (caller.kind === 'federated-user')
        return text(`${caller.account}:${caller.arn.slice(caller.arn.lastIndexOf('/') + 1)}`);
      if (caller.kind === 'anonymous') return text('anonymous');
      if (caller.kind === 'federated') return text(null);
      if (caller.kind === 'service' || caller.isSessionNameUncertain) return unknown;
      return caller.roleUniqueId === null ? unknown : text(`${caller.roleUniqueId}:${caller.sessionName}`);
    case 'aws:principalorgid':
      return account === null ? text(null) : null;
    default:
      return null;
  }
}

/** spec: IAM-GRANT-1, IAM-GRANT-2, IAM-GRANT-5, IAM-GRANT-6 */
function grantAllows(asked: Asked, identity: Summary, isLimited: () => boolean): boolean {
  const { request, policies, world } = asked;
  if (!isKeyRequest(request)) return false;
  const action = request.action.toLowerCase();
  // spec: IAM-GRANT-4
  const hasNoContext = action === 'kms:describekey' || action === 'kms:retiregrant';
  return policies.grants.some((grant, index) => {
    const who: Strength[] = [];
    const lists = grant.operations.some((operation) => `kms:${operation}`.toLowerCase() === action);
    const holds = () =>
      hasNoContext ||
      (world.part(`grant ${index} subset`, (part) => subsetHolds({ ...asked, world: part }, grant)) &&
        world.part(`grant ${index} equals`, (part) => equalsHolds({ ...asked, world: part }, grant)));
    if (lists && holds()) who.push(principalMatches(asked, 'AWS', grant.granteePrincipal));
    if (action === 'kms:retiregrant' && grant.retiringPrincipal !== null)
      who.push(principalMatches(asked, 'AWS', grant.retiringPrincipal));
    if (action === 'kms:retiregrant') who.push(retiresAsAccount(asked, grant, index));
    const strength = strongest(who);
    if (strength === 'nobody') return false;
    // What an identity policy allows, its limits limit. spec: IAM-EVAL-10
    if (strength === 'account') return identity.allows !== 'nobody' && !isLimited();
    return isLimited() ? world.choose('a grant under a limit', [false, true]) : true;
  });
}

/** spec: IAM-GRANT-5, IAM-GRANT-7 */
function retiresAsAccount(asked: Asked, { issuingAccount }: PlainGrant, index: number): Strength {
  const { request, world } = asked;
  const caller = request.principal;
  if (!('account' in caller)) return 'nobody';
  const issuer = issuingAccount ?? world.choose(`issuer of grant ${index}`, [caller.account, 'another']);
  if (caller.kind === 'account-root' && issuer === caller.account) return 'exact';
  if (issuer !== caller.account && ownerOf(asked, caller.account) !== caller.account) return 'nobody';
  const may = world.choose('what an account may let retire', [false, true]);
  if (!may) return 'nobody';
  return caller.kind === 'account-root' ? 'exact' : 'account';
}

/** spec: IAM-GRANT-3 */
function subsetHolds(asked: Asked, { encryptionContextSubset: pairs }: PlainGrant): boolean {
  return pairs === null || contextContains(asked, pairs);
}

/** spec: IAM-GRANT-3 */
function equalsHolds(asked: Asked, { encryptionContextEquals: pairs }: PlainGrant): boolean {
  if (pairs === null) return true;
  const lookup = lookupOf(asked);
  const prefix = 'kms:encryptioncontext:';
  const names = [...asked.request.context.entries()]
    .map(([name]) => name.toLowerCase())
    .filter((name) => name.startsWith(prefix) && lookup(name).state === 'present');
  const wanted = Object.keys(pairs).map((name) => prefix + name.toLowerCase());
  return contextContains(asked, pairs) && names.every((name) => wanted.includes(name));
}

function contextContains(asked: Asked, pairs: Readonly<Record<string, string>>): boolean {
  const lookup = lookupOf(asked);
  return Object.entries(pairs).every(([name, value]) => {
    const found = lookup(`kms:EncryptionContext:${name}`);
    return found.state === 'present' && found.values[0] === value;
  });
}
