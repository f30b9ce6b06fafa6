/**
 * The inside door: calls between services, and those of the delivery worker, through the same steps as a client's.
 * What is called in the course of a request belongs to it: its decisions stand under the request's ID.
 * spec: SRV-INVOKE-1, SRV-INVOKE-2, SRV-INVOKE-3
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { insideChain, runChain } from './chain.ts';
import { ChainBroken, newExchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type { Invoke } from './invoke.ts';
import { invocationMaxDepth } from './limits.ts';
import type { ServerParts } from './server-parts.ts';

const current = new AsyncLocalStorage<Exchange>();

/** Runs `work` so that calls through the inside door know whose they are. */
export function runWithin<T>(exchange: Exchange, work: () => Promise<T>): Promise<T> {
  return current.run(exchange, work);
}

export function insideDoor(parts: ServerParts): Invoke {
  return async (serviceName, operationName, input, options) => {
    const running = current.getStore() ?? null;
    const parent = running?.isOver === false ? running : null;
    const depth = (parent?.depth ?? 0) + 1;
    // spec: SRV-INVOKE-3
    if (depth > invocationMaxDepth)
      throw new ChainBroken(`${serviceName}:${operationName} is called ${depth} calls deep`);
    const service = parts.services.get(serviceName);
    if (!service) throw new ChainBroken(`no service ${serviceName} is served here`);
    const exchange: Exchange = {
      ...newExchange({
        arrival: null,
        // Not the parent's: what a request sets going may outlive the client that sent it.
        signal: options.signal ?? never,
        onDecision: options.onDecision ?? null,
        root: parent ? (parent.root ?? parent) : null,
        parent,
        depth,
      }),
      service,
      operationName,
      caller: options.caller,
      region: service.protocol.onlyRegion ?? options.region,
      payload: options.payload ?? null,
      input: { ...input },
    };
    await runWithin(exchange, () => runChain(insideChain, exchange, parts));
    const { outcome } = exchange;
    if (outcome?.kind === 'done')
      return { output: outcome.output, decisionIds: exchange.decisions.map(({ id }) => id) };
    throw outcome?.kind === 'failed' ? outcome.cause : (outcome?.error ?? new ChainBroken('no outcome'));
  };
}

const never = new AbortController().signal;
