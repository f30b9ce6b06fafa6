/**
 * The AWS-compatible server: services in, an HTTP endpoint and an inside door out.
 *
 * @example
 * const server = createAwsServer({
 *   services: (invoke) => [{ service: kms, ports: kmsPorts, protocol: serviceProtocols.kms }, ...],
 *   ports: { credentials, policies, administration },
 *   world: realWorld(),
 *   logger: pino(),
 *   settings: { host: '127.0.0.1', port: 4566, allowedHosts: [], isResetAllowed: true, version: '0.1.0' },
 * });
 * const { url } = await server.listen();
 */
import type { Logger } from 'pino';
import type { ProtocolDeclaration } from '../protocol/declaration.ts';
import type { HttpAnswer, HttpHead } from '../protocol/http-message.ts';
import { writeJsonError } from '../protocol/json-1-1.ts';
import { protocolOf } from '../protocol/protocol-of.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { writeQueryError } from '../protocol/query.ts';
import { writeRestError } from '../protocol/rest-xml.ts';
import { algorithm } from '../protocol/sigv4.ts';
import type { Permission, RequestArrival, Service } from '../services/operation.ts';
import type { ServerWorld } from '../world/world.ts';
import { adminRefusal } from './admin-answer.ts';
import { answerAdmin, isAdminPath } from './admin.ts';
import type { AdminParts } from './admin.ts';
import { authorizer } from './authorize.ts';
import type { Authorizer, Judged } from './authorize.ts';
import { requestChain, runChain } from './chain.ts';
import { decisionTrail } from './decisions.ts';
import { found, newExchange } from './exchange.ts';
import type { Arrival, Exchange, SpokenService } from './exchange.ts';
import { isAllowedHost, isLoopbackName } from './host-header.ts';
import { httpServer } from './http-server.ts';
import { insideDoor, runWithin } from './inside-door.ts';
import type { Invoke } from './invoke.ts';
import { policyCache } from './policy-cache.ts';
import type { Administration, CallerPolicies, Credentials } from './ports.ts';
import type { ClientConnection } from './request-context.ts';
import type { ServerParts } from './server-parts.ts';
import { looksOf } from './service-of.ts';

/** One service as it is served. `ports` are what its operations get as `context.ports`. */
export interface ServedService {
  // A service and its ports belong together; the server hands them on without looking.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly service: Service<any>;
  readonly ports: unknown;
  readonly protocol: ProtocolDeclaration;
}

export interface ServerSettings {
  /** `127.0.0.1`, `localhost` or `::1` serve both loopback addresses. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Names that a Host header may carry besides the bound address, `localhost`, `*.localhost` and `*.amazonaws.com`. */
  readonly allowedHosts: readonly string[];
  /** Whether `/_sealpost/reset` and `/_sealpost/clock` are served. */
  readonly isResetAllowed: boolean;
  readonly version: string;
}

export interface AwsServerOptions {
  /** Given the inside door, so that the port of one service may be another service: never call it while composing. */
  readonly services: (invoke: Invoke) => readonly ServedService[];
  readonly ports: {
    readonly credentials: Credentials;
    readonly policies: CallerPolicies;
    readonly administration: Administration;
  };
  readonly world: ServerWorld;
  readonly logger: Logger;
  readonly settings: ServerSettings;
}

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:4566`: what a client's endpoint URL is. */
  readonly url: string;
  readonly isLoopback: boolean;
}

export interface AwsServer extends AsyncDisposable {
  /**
   * Opens the port. `/_sealpost/ready` answers 503 until `markReady`.
   *
   * @throws {ServerNotStarted} the port is in use, or the address is not this machine's: one sentence with what to do
   */
  listen(): Promise<ServerAddress>;
  /** Store and `--setup` are through. */
  markReady(): void;
  /** Accepts nothing new, finishes requests under way, then resolves. Closing again does nothing. */
  close(): Promise<void>;
  readonly invoke: Invoke;
}

/** A server that is not listening yet. */
export function createAwsServer(options: AwsServerOptions): AwsServer {
  const { ports, world, logger, settings } = options;
  const trail = decisionTrail();
  const authorize = authorizer({ ...world, policies: ports.policies, cache: policyCache(), trail });
  const parts: ServerParts = {
    get services() {
      return services;
    },
    ports,
    world,
    logger,
    judge: (exchange, permission) => judgeFor(exchange, permission, { authorize, world }),
    fallbackWire,
  };
  const invoke = insideDoor(parts);
  const services = spoken(options.services(invoke));
  let isReady = false;
  let address: ServerAddress | null = null;
  const adminParts: AdminParts = {
    ports,
    world,
    settings,
    trail,
    serviceNames: [...services.keys()],
    isLoopback: () => isLoopbackName(settings.host),
    isReady: () => isReady,
  };
  const http = httpServer({
    host: settings.host,
    port: settings.port,
    nowMillis: () => world.nowMillis(),
    answer: (arrival, signal) => answerArrival(arrival, signal, { parts, adminParts }),
    onBroken: (cause) => {
      logger.debug({ err: cause }, 'a connection broke');
    },
  });
  const close = (): Promise<void> => http.close();
  return {
    listen: async () => (address ??= addressOf(await http.listen())),
    markReady: () => {
      isReady = true;
    },
    close,
    invoke,
    [Symbol.asyncDispose]: close,
  };
}

function spoken(services: readonly ServedService[]): ReadonlyMap<string, SpokenService> {
  return new Map(
    services.map((served) => [
      served.service.name,
      { ...served, wire: protocolOf(served.protocol), kind: served.protocol.kind },
    ]),
  );
}

function addressOf({ host, port }: { readonly host: string; readonly port: number }): ServerAddress {
  const isLoopback = isLoopbackName(host);
  const name = host.includes(':') ? `[${host}]` : host;
  return { host, port, isLoopback, url: `http://${name}:${port}` };
}

async function answerArrival(
  arrival: Arrival,
  signal: AbortSignal,
  { parts, adminParts }: { readonly parts: ServerParts; readonly adminParts: AdminParts },
): Promise<HttpAnswer> {
  const { host: boundHost, allowedHosts } = adminParts.settings;
  const host = arrival.head.headers.get('host');
  // spec: SRV-HOST-1
  if (!isAllowedHost(host, { boundHost, allowedHosts }))
    return adminRefusal(
      421,
      `this server is not ${host ?? 'named'}: start it with --allowed-host to let it be`,
    );
  if (isAdminPath(arrival.head.path)) return answerAdmin(arrival, adminParts);
  // Whoever was sent a signed message asks for it. No bucket's name has capitals.
  if (isCertificatePath(arrival.head.path)) return answerCertificate(arrival.head, parts);
  const exchange = newExchange({ arrival, signal, onDecision: null, root: null, parent: null, depth: 0 });
  await runWithin(exchange, () => runChain(requestChain, exchange, parts));
  const answer = found(exchange.answer, 'render');
  const decision = decisionToShow(exchange);
  return decision === null
    ? answer
    : { ...answer, headers: { ...answer.headers, 'x-sealpost-decision-id': decision } };
}

/** spec: SNS-SIGN-2 */
function isCertificatePath(path: string): boolean {
  return path.startsWith('/SimpleNotificationService-') && path.endsWith('.pem');
}

async function answerCertificate({ method, path }: HttpHead, { ports }: ServerParts): Promise<HttpAnswer> {
  const isRead = method === 'GET' || method === 'HEAD';
  const certificate = isRead ? await ports.administration.certificate(path) : null;
  if (certificate === null) return adminRefusal(404, `there is no certificate ${path}`);
  return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: certificate };
}

/** The one that refused, else the first: the one that was asked for. spec: SRV-AUDIT-2 */
function decisionToShow({ decisions, outcome }: Exchange): string | null {
  const refused =
    outcome?.kind === 'refused' ? decisions.findLast((made) => made.outcome !== 'allowed') : undefined;
  return (refused ?? decisions[0])?.id ?? null;
}

async function judgeFor(
  exchange: Exchange,
  permission: Permission,
  { authorize, world }: { readonly authorize: Authorizer; readonly world: ServerWorld },
): Promise<Judged> {
  const { service } = found(exchange.service, 'parseRequest');
  const judged = await authorize.judge(permission, {
    requestId: (exchange.root ?? exchange).requestId,
    serviceName: service.name,
    operationName: found(exchange.operationName, 'parseRequest'),
    caller: found(exchange.caller, 'authenticate'),
    region: exchange.region,
    connection: connectionOf(exchange),
    arrivalContext: service.arrivalContext?.(arrivalOf(exchange, world.realNowMillis())) ?? [],
  });
  exchange.decisions.push(judged.made);
  exchange.onDecision?.(judged.made);
  return judged;
}

function connectionOf({ arrival }: Exchange): ClientConnection | null {
  if (arrival === null) return null;
  const { headers } = arrival.head;
  return {
    sourceIp: arrival.remoteAddress,
    userAgent: headers.get('user-agent') ?? null,
    referer: headers.get('referer') ?? null,
  };
}

/** What loopback HTTP counts as. spec: SRV-CTX-4 */
const tlsVersion = '1.3';

/** By the machine's clock: signatures are judged by it, too. spec: SRV-CTX-4 */
function arrivalOf({ arrival, authorization: read }: Exchange, realNowMillis: number): RequestArrival | null {
  if (arrival === null) return null;
  const authorization = read?.outcome === 'signed' ? read.authorization : null;
  return {
    signature:
      authorization === null
        ? null
        : {
            by: authorization.by,
            algorithm,
            ageMillis: Math.max(0, realNowMillis - authorization.signedAtMillis),
          },
    payloadHash: arrival.head.headers.get('x-amz-content-sha256') ?? null,
    tlsVersion,
  };
}

/** In the form that the client seems to expect. spec: SRV-UNKNOWN-1 */
function fallbackWire(head: HttpHead): Pick<Protocol, 'writeError'> {
  switch (looksOf(head)) {
    case 'json-1-1':
      return { writeError: writeJsonError };
    case 'query':
      return { writeError: (error, request) => writeQueryError(error, request, null) };
    case 'rest-xml':
      return { writeError: writeRestError };
  }
}
