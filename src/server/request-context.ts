/**
 * The condition keys of one permission of one request: those that follow from who calls and whose the resource is,
 * those of the connection, those that came with the credentials, and those that the operation populates. A key that
 * nobody names is absent.
 * spec: SRV-CTX-1, SRV-CTX-2, SRV-CTX-3, SRV-CTX-4
 */
import { absent, present, requestContext, unknownValue } from '../policy/context.ts';
import type { RequestContext } from '../policy/context.ts';
import { derivedContext } from '../policy/derived-context.ts';
import type { Caller, ContextEntries, Permission } from '../services/operation.ts';
import type { OrganizationMembership } from './ports.ts';

/** What is known of the client's connection; `null` stands for a call from inside. */
export interface ClientConnection {
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
  readonly referer: string | null;
}

export interface RequestFacts {
  readonly caller: Caller;
  readonly permission: Permission;
  /** The Region of the endpoint, where the permission does not say. */
  readonly region: string;
  readonly nowMillis: number;
  readonly connection: ClientConnection | null;
  /** The service's own keys about the way in which the request came. */
  readonly arrivalContext: ContextEntries;
  readonly principalOrganization: OrganizationMembership | null;
  readonly resourceOrganization: OrganizationMembership | null;
}

/** Worked out when the first condition asks for a key: many requests meet none, and the entries cost more than deciding. */
export function requestContextOf(facts: RequestFacts): RequestContext {
  let known: RequestContext | null = null;
  const context = (): RequestContext => (known ??= requestContext(entriesOf(facts)));
  return { get: (name) => context().get(name), entries: () => context().entries() };
}

function entriesOf(facts: RequestFacts): ContextEntries {
  const { caller, permission, region, nowMillis, principalOrganization, resourceOrganization } = facts;
  const derived = derivedContext(caller.principal, {
    principalOrganization,
    resourceAccount: permission.resourceAccount,
    resourceOrganization,
    requestedRegion: permission.resourceRegion ?? region,
    // Loopback HTTP counts as TLS, or the common TLS-only policies would lock everyone out. spec: SRV-CTX-1
    isSecureTransport: true,
    nowMillis,
  });
  // The last of several entries with one name counts: what a service says of its own request is nearest to it.
  return [
    ...derived,
    ...longTermEntries(caller),
    ...connectionEntries(facts.connection),
    ...facts.arrivalContext,
    ...(caller.userId === null ? [] : ([['aws:userid', present(caller.userId)]] as const)),
    ...forwardedEntries(caller),
    ...caller.context,
    ...(permission.context ?? []),
  ];
}

/** Root credentials of this server are a long-term key: no session, so no keys of one. */
function longTermEntries({ principal }: Caller): ContextEntries {
  return principal.kind === 'account-root' ? [['aws:MultiFactorAuthPresent', absent]] : [];
}

/** spec: SRV-CTX-2 */
function connectionEntries(connection: ClientConnection | null): ContextEntries {
  if (connection === null)
    return [['aws:UserAgent', unknownValue('the user agent of an AWS service is not documented')]];
  const { sourceIp, userAgent, referer } = connection;
  return [
    ['aws:SourceIp', sourceIp === null ? absent : present(sourceIp)],
    ['aws:UserAgent', userAgent === null ? absent : present(userAgent)],
    ['aws:Referer', referer === null ? absent : present(referer)],
  ];
}

/** A service that calls another one for the caller. spec: SRV-CTX-3 */
function forwardedEntries({ principal, forwardedBy }: Caller): ContextEntries {
  if (forwardedBy === null) return [];
  const undocumented = unknownValue('AWS does not document it where a service calls for a service principal');
  return [['aws:ViaAWSService', principal.kind === 'service' ? undocumented : present(true)]];
}
