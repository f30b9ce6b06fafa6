import type { OperationContext } from '../services/operation.ts';
import { found } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { partitionOfRegion } from '../aws/partition.ts';
import type { ServerParts } from './server-parts.ts';

/** What an operation gets beside its input. */
export function newOperationContext(exchange: Exchange, parts: ServerParts): OperationContext<unknown> {
  const { world } = parts;
  return {
    nowMillis: () => world.nowMillis(),
    newUuid: () => world.newUuid(),
    newToken: (length, alphabet) => world.newToken(length, alphabet),
    randomBytes: (length) => world.randomBytes(length),
    ports: found(exchange.service, 'parseRequest').ports,
    caller: found(exchange.caller, 'authenticate'),
    region: exchange.region,
    partition: partitionOfRegion(exchange.region),
    requestId: exchange.requestId,
    payload: exchange.payload,
    decide: async (permission) => (await parts.judge(exchange, permission)).decision,
    signal: exchange.signal,
  };
}
