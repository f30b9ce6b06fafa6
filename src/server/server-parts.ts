/** What the steps of the chain work with: everything that outlives a request. */
import type { Logger } from 'pino';
import type { HttpHead } from '../protocol/http-message.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Permission } from '../services/operation.ts';
import type { ServerWorld } from '../world/world.ts';
import type { Judged } from './authorize.ts';
import type { Exchange, SpokenService } from './exchange.ts';
import type { AwsServerOptions } from './server.ts';

export interface ServerParts {
  readonly services: ReadonlyMap<string, SpokenService>;
  readonly ports: AwsServerOptions['ports'];
  readonly world: ServerWorld;
  readonly logger: Logger;
  /** Asks the engine and writes the decision down in the trail and in the exchange. */
  judge(exchange: Exchange, permission: Permission): Promise<Judged>;
  /** How an error is written to a client whose service nobody serves. */
  fallbackWire(head: HttpHead): Pick<Protocol, 'writeError'>;
}
