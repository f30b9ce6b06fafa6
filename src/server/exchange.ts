/** One request on its way through the chain: what came, and what each step has found out. */
import type { HttpAnswer, HttpHead } from '../protocol/http-message.ts';
import type { ProtocolDeclaration } from '../protocol/declaration.ts';
import type { Protocol, RoutedOperation } from '../protocol/protocol.ts';
import type { ReadAuthorization } from '../protocol/sigv4.ts';
import type { AwsError } from '../services/aws-error.ts';
import type { AnyOperation, Caller, OperationContext, Payload } from '../services/operation.ts';
import type { MadeDecision } from './invoke.ts';
import type { ServedService } from './server.ts';

/** A request as it came over HTTP. */
export interface Arrival {
  readonly head: HttpHead;
  /** Reading it is what tells a waiting client to go on. Can be read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** As `Content-Length` says; `null`: not said. */
  readonly contentBytes: number | null;
  readonly remoteAddress: string | null;
  readonly arrivedAtMillis: number;
}

/** A service with the protocol that was made of its declaration. */
export interface SpokenService extends ServedService {
  readonly wire: Protocol;
  readonly kind: ProtocolDeclaration['kind'];
}

export interface Exchange {
  /** `null`: a call from inside. */
  readonly arrival: Arrival | null;
  readonly signal: AbortSignal;
  readonly onDecision: ((decision: MadeDecision) => void) | null;
  /** The request from outside in whose course this call is made; `null`: this is the outermost. */
  readonly root: Exchange | null;
  /** The call that made this one. */
  readonly parent: Exchange | null;
  /** Calls within calls; bounded. */
  readonly depth: number;

  /** By `assignRequestId`. */
  requestId: string;
  /** By `parseRequest`. */
  service: SpokenService | null;
  operationName: string | null;
  authorization: ReadAuthorization | null;
  routed: RoutedOperation | null;
  /** What the request asked for, where that is nothing that is served. */
  unknown: { readonly asked: string; readonly error: AwsError } | null;
  /** The whole body where the protocol signs it, until the input is read from it. */
  body: Uint8Array;
  /** By `authenticate`. */
  caller: Caller | null;
  region: string;
  payload: Payload | null;
  /** By `validateInput`. */
  operation: AnyOperation<unknown> | null;
  input: Record<string, unknown>;
  /** A malformed body that is told only after authorising. */
  bodyFault: AwsError | null;
  context: OperationContext<unknown> | null;
  /** By `resolveResources`. */
  resources: unknown;
  /** By `authorize`, and by what is called from within. */
  readonly decisions: MadeDecision[];
  /** By `operate`. */
  outcome: ExchangeOutcome | null;
  /** By `render`. */
  answer: HttpAnswer | null;
  /** True when its chain has ended: work that it left running belongs to nobody. */
  isOver: boolean;
}

export type ExchangeOutcome =
  | { readonly kind: 'done'; readonly output: unknown; readonly status: number | undefined }
  | { readonly kind: 'refused'; readonly error: AwsError }
  /** A fault of Sealpost or of its store; the client gets AWS's internal error. */
  | { readonly kind: 'failed'; readonly cause: unknown; readonly error: AwsError };

export function newExchange(
  from: Pick<Exchange, 'arrival' | 'signal' | 'onDecision' | 'root' | 'parent' | 'depth'>,
): Exchange {
  return {
    ...from,
    requestId: '',
    service: null,
    operationName: null,
    authorization: null,
    routed: null,
    unknown: null,
    body: new Uint8Array(0),
    caller: null,
    region: '',
    payload: null,
    operation: null,
    input: {},
    bodyFault: null,
    context: null,
    resources: null,
    decisions: [],
    outcome: null,
    answer: null,
    isOver: false,
  };
}

/** What a step before this one has found out; a gap is a fault of the chain's order. */
export function found<T>(value: T | null, step: string): T {
  if (value === null) throw new ChainBroken(`a step runs before ${step}`);
  return value;
}

/** The steps of the chain do not stand in an order that works: a fault of Sealpost. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
}
