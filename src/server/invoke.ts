/** Calls from inside: an AWS service that calls another one, and the delivery worker, go through the same doors as a client. */
import type { Caller, Payload } from '../services/operation.ts';

export interface InvokeOptions {
  readonly caller: Caller;
  readonly region: string;
  /** The body of an operation whose input streams. */
  readonly payload?: Payload;
  /** Told of each decision as it is made, also when the call is then refused. */
  readonly onDecision?: (decision: MadeDecision) => void;
  readonly signal?: AbortSignal;
}

export interface MadeDecision {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: 'allowed' | 'denied' | 'unknown';
}

export interface Invoked {
  /** The operation's output, in the SDK's shape; the caller knows which operation it asked for. */
  readonly output: unknown;
  /** Decisions in the order in which they were made, those of calls within included. */
  readonly decisionIds: readonly string[];
}

/**
 * Runs an operation as `caller`: validated, resolved, authorised, operated and audited like a client's request;
 * no signature and no wire format.
 *
 * @param serviceName as in the credential scope: `kms`
 * @throws {AwsError} what a client would have been answered
 */
export type Invoke = (
  serviceName: string,
  operationName: string,
  input: object,
  options: InvokeOptions,
) => Promise<Invoked>;
