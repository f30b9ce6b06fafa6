/**
 * The most capable evaluator of AWS-like policies on npm whose licence lets anybody use it. It knows one list of
 * policies and yes or no; it has no accounts, no layers, no `IfExists`, no unknown, tells no reason, compares actions
 * with regard to case, and of the keys of an operator it judges the first only. So it gets policies and requests that
 * it answers as AWS would.
 */
import { createRequire } from 'node:module';
import type { BenchCase, BenchRequest } from './policies.ts';

export const peerName = 'pbac 0.3.2';

/** Answers the requests in turn; `null`: it is not installed. */
export function peerOf(bench: BenchCase): (() => void) | null {
  const require = createRequire(import.meta.url);
  let Pbac: PbacConstructor;
  try {
    Pbac = require('pbac') as PbacConstructor;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
  const evaluator = new Pbac([forPeer(bench.document)], { validatePolicies: false });
  const asked = bench.requests.map(requestForPeer);
  for (const request of asked) {
    if (!evaluator.evaluate(request)) throw new Error(`${peerName} denies ${request.resource}`);
  }
  let turn = 0;
  return () => {
    const request = asked[turn];
    turn = turn + 1 === asked.length ? 0 : turn + 1;
    if (request !== undefined) evaluator.evaluate(request);
  };
}

type PbacConstructor = new (
  policies: readonly unknown[],
  options: object,
) => {
  evaluate(request: PeerRequest): boolean;
};

interface PeerRequest {
  readonly action: string;
  readonly resource: string;
  readonly principal: Readonly<Record<string, readonly string[]>>;
  readonly context: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** It wants lists of actions and principals, and one key an operator. */
function forPeer(document: BenchCase['document']): unknown {
  const statements = document.Statement as readonly Record<string, unknown>[];
  return {
    ...document,
    Statement: statements.map(({ Action, Principal, Condition, ...rest }) => ({
      ...rest,
      Action: [Action].flat(),
      ...(Principal === undefined
        ? {}
        : {
            Principal: Object.fromEntries(
              Object.entries(Principal as object).map(([type, name]) => [type, [name].flat()]),
            ),
          }),
      Condition,
    })),
  };
}

function requestForPeer({ principal, action, resource, context }: BenchRequest): PeerRequest {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(context)) {
    const [prefix = '', name = ''] = key.split(':');
    (groups[prefix] ??= {})[name] = value;
  }
  const names = principal.kind === 'service' ? { Service: [principal.name] } : { AWS: ['nobody'] };
  return { action, resource, principal: names, context: groups };
}
