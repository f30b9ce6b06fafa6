/**
 * The context keys that follow from who calls and whose resource it is, so that nobody has to spell them: one list
 * for every way of asking the engine.
 * spec: IAM-CTX-1, IAM-CTX-2, IAM-CTX-3, IAM-CTX-4, IAM-CTX-5, IAM-CTX-6
 */
import type { AccountId } from '../aws/account-id.ts';
import { absent, present, presentList, unknownValue, type ContextValue } from './context.ts';
import type { Principal } from './principal.ts';

export type DerivedEntry = readonly [name: string, value: ContextValue];

/** An account's place in its organization. */
export interface OrganizationPlace {
  /** `o-exampleorgid` */
  readonly id: string;
  /** `o-exampleorgid/r-ab12/ou-ab12-11111111/`; `null`: not given. */
  readonly path: string | null;
}

/** What is known beside the caller. A member that is missing was not given, so what depends on it is unknown; `null`: there is none. */
export interface ContextFacts {
  /** Of the caller's account. */
  readonly principalOrganization?: OrganizationPlace | null;
  readonly resourceAccount?: AccountId | null;
  readonly resourceOrganization?: OrganizationPlace | null;
  readonly requestedRegion?: string;
  readonly isSecureTransport?: boolean;
  readonly nowMillis?: number;
  /** Service principals through which the request came with the caller's credentials, in order; none unless given. */
  readonly calledVia?: readonly string[];
}

/** The keys of a request by this caller that can be told from it. Put what is known better behind them: the last entry of a name counts. */
export function derivedContext(principal: Principal, facts: ContextFacts): readonly DerivedEntry[] {
  return [
    ...principalEntries(principal),
    ...organizationEntries(
      'Principal',
      hasOrganization(principal) ? facts.principalOrganization : null,
      "the caller's account",
    ),
    ...resourceEntries(facts),
    ...viaEntries(facts.calledVia ?? []),
    ...requestEntries(facts),
  ];
}

function principalEntries(principal: Principal): readonly DerivedEntry[] {
  const own = { ...noPrincipalKeys, ...principalKeys(principal) };
  return Object.entries(own);
}

type PrincipalKey =
  | 'aws:PrincipalArn'
  | 'aws:PrincipalAccount'
  | 'aws:PrincipalType'
  | 'aws:userid'
  | 'aws:username'
  | 'aws:PrincipalIsAWSService'
  | 'aws:PrincipalServiceName'
  | 'aws:PrincipalServiceNamesList'
  | 'aws:TokenIssueTime'
  | 'aws:MultiFactorAuthPresent'
  | 'aws:FederatedProvider';

type PrincipalKeys = Readonly<Record<PrincipalKey, ContextValue>>;

const noPrincipalKeys: PrincipalKeys = {
  'aws:PrincipalArn': absent,
  'aws:PrincipalAccount': absent,
  'aws:PrincipalType': absent,
  'aws:userid': absent,
  'aws:username': absent,
  'aws:PrincipalIsAWSService': absent,
  'aws:PrincipalServiceName': absent,
  'aws:PrincipalServiceNamesList': absent,
  'aws:TokenIssueTime': absent,
  'aws:MultiFactorAuthPresent': absent,
  'aws:FederatedProvider': absent,
};

const ofTheSession = unknownValue("it depends on how the session's credentials were issued");
const uniqueIdNotGiven = unknownValue('the unique ID of the caller was not given');

// spec: IAM-CTX-1
function principalKeys(principal: Principal): Partial<PrincipalKeys> {
  switch (principal.kind) {
    case 'user':
      return {
        ...ofAccount(principal.arn, principal.account, 'User'),
        'aws:userid': principal.uniqueId === null ? uniqueIdNotGiven : present(principal.uniqueId),
        'aws:username': present(principal.arn.slice(principal.arn.lastIndexOf('/') + 1)),
      };
    case 'role-session':
      return {
        // The role, not the session. spec: IAM-CTX-2
        ...ofAccount(principal.roleArn, principal.account, 'AssumedRole'),
        'aws:userid': sessionUserId(principal),
        'aws:TokenIssueTime': ofTheSession,
        'aws:MultiFactorAuthPresent': ofTheSession,
      };
    case 'account-root':
      return {
        ...ofAccount(
          `arn:${principal.partition}:iam::${principal.account}:root`,
          principal.account,
          'Account',
        ),
        'aws:userid': present(principal.account),
        'aws:MultiFactorAuthPresent': ofTheSession,
      };
    case 'federated-user':
      return {
        ...ofAccount(principal.arn, principal.account, 'FederatedUser'),
        'aws:userid': present(
          `${principal.account}:${principal.arn.slice(principal.arn.lastIndexOf('/') + 1)}`,
        ),
        'aws:TokenIssueTime': ofTheSession,
        'aws:MultiFactorAuthPresent': ofTheSession,
      };
    case 'service':
      return {
        // spec: IAM-CTX-3
        'aws:PrincipalIsAWSService': present(true),
        'aws:PrincipalServiceName': present(principal.name),
        'aws:PrincipalServiceNamesList': presentList([principal.name]),
        // spec: IAM-CTX-5
        'aws:PrincipalType': unknownValue('AWS does not document it for service principals'),
        'aws:userid': unknownValue('AWS does not document it for service principals'),
      };
    case 'federated':
      return { 'aws:FederatedProvider': present(principal.provider) };
    case 'anonymous':
      return {
        'aws:PrincipalAccount': present('anonymous'),
        'aws:PrincipalType': present('Anonymous'),
        'aws:userid': present('anonymous'),
      };
  }
}

function ofAccount(arn: string, account: AccountId, type: string): Partial<PrincipalKeys> {
  return {
    'aws:PrincipalArn': present(arn),
    'aws:PrincipalAccount': present(account),
    'aws:PrincipalType': present(type),
    'aws:PrincipalIsAWSService': present(false),
  };
}

function sessionUserId(session: Extract<Principal, { kind: 'role-session' }>): ContextValue {
  // spec: DLV-SESSION-1
  if (session.isSessionNameUncertain)
    return unknownValue('what AWS calls the session is observed, not documented');
  return session.roleUniqueId === null
    ? uniqueIdNotGiven
    : present(`${session.roleUniqueId}:${session.sessionName}`);
}

/** Organization keys do not exist for callers outside of accounts. spec: IAM-CTX-4 */
function hasOrganization(principal: Principal): boolean {
  return 'account' in principal;
}

function organizationEntries(
  who: 'Principal' | 'Resource',
  place: OrganizationPlace | null | undefined,
  whose: string,
): readonly DerivedEntry[] {
  const [id, paths] = organizationValues(place, whose);
  return [
    [`aws:${who}OrgID`, id],
    [`aws:${who}OrgPaths`, paths],
  ];
}

function organizationValues(
  place: OrganizationPlace | null | undefined,
  whose: string,
): readonly [ContextValue, ContextValue] {
  if (place === undefined) {
    const value = unknownValue(`whether ${whose} is in an organization was not given`);
    return [value, value];
  }
  if (place === null) return [absent, absent];
  const paths =
    place.path === null ? unknownValue(`the path of ${whose} was not given`) : presentList([place.path]);
  return [present(place.id), paths];
}

function resourceEntries({ resourceAccount, resourceOrganization }: ContextFacts): readonly DerivedEntry[] {
  const account =
    resourceAccount === undefined
      ? unknownValue('the account of the resource was not given')
      : resourceAccount === null
        ? absent
        : present(resourceAccount);
  return [
    ['aws:ResourceAccount', account],
    ...organizationEntries(
      'Resource',
      resourceAccount === null ? null : resourceOrganization,
      "the resource's account",
    ),
  ];
}

// spec: IAM-CTX-6
function viaEntries(calledVia: readonly string[]): readonly DerivedEntry[] {
  const [first] = calledVia;
  const last = calledVia.at(-1);
  return [
    ['aws:ViaAWSService', present(first !== undefined)],
    ['aws:CalledVia', first === undefined ? absent : presentList(calledVia)],
    ['aws:CalledViaFirst', first === undefined ? absent : present(first)],
    ['aws:CalledViaLast', last === undefined ? absent : present(last)],
  ];
}

function requestEntries({
  requestedRegion,
  isSecureTransport,
  nowMillis,
}: ContextFacts): readonly DerivedEntry[] {
  const region =
    requestedRegion === undefined ? unknownValue('the Region was not given') : present(requestedRegion);
  const transport =
    isSecureTransport === undefined
      ? unknownValue('whether the request used TLS was not given')
      : present(isSecureTransport);
  const notGiven = unknownValue('the time of the request was not given');
  return [
    ['aws:RequestedRegion', region],
    ['aws:SecureTransport', transport],
    ['aws:CurrentTime', nowMillis === undefined ? notGiven : present(new Date(nowMillis).toISOString())],
    ['aws:EpochTime', nowMillis === undefined ? notGiven : present(Math.floor(nowMillis / 1000))],
  ];
}
