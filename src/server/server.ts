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
import type { Service } from '../services/operation.ts';
import type { ServerWorld } from '../world/world.ts';
import type { Invoke } from './invoke.ts';
import type { Administration, CallerPolicies, Credentials } from './ports.ts';

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

export type CreateAwsServer = (options: AwsServerOptions) => AwsServer;
