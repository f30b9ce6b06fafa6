/** What each wire protocol can do for the server. One implementation a protocol; none knows a service by name. */
import type { AwsError } from '../services/aws-error.ts';
import type { HttpAnswer, HttpHead } from './http-message.ts';

export interface Protocol {
  /** True where the signature covers the body's own hash, so the body is read before the signature is verified. */
  readonly isBodySigned: boolean;
  /** True where a malformed body is reported only to those who may make the request. */
  readonly isBodyFaultDeferred: boolean;
  /** The request ID as this protocol spells it; follows from the UUID. */
  requestId(uuid: string): string;
  /**
   * The operation that the request asks for.
   *
   * @param body the whole body where `isBodySigned`, else empty
   */
  route(request: HttpHead, body: Uint8Array): Routed;
  /** @param status where the operation chose another than its schema's */
  writeOutput(operationName: string, output: unknown, requestId: string, status?: number): HttpAnswer;
  /** The input without what its schema calls sensitive, as plain data for the log. */
  redactInput(operationName: string, input: unknown): unknown;
  writeError(error: AwsError, request: { readonly method: string; readonly id: string }): HttpAnswer;
}

export type Routed =
  | { readonly outcome: 'found'; readonly operation: RoutedOperation }
  /** `asked`: what the client wanted, for the log. */
  | { readonly outcome: 'unknown'; readonly asked: string; readonly error: AwsError };

export interface RoutedOperation {
  readonly name: string;
  /** True where the body is the operation's payload and is not read into the input. */
  readonly isStreaming: boolean;
  /**
   * The members that stand in path, query and headers; none in an RPC protocol.
   *
   * @throws {AwsError} one of them cannot be read
   */
  readHead(): Record<string, unknown>;
  /**
   * The members that stand in the body, except of a streaming operation.
   *
   * @throws {AwsError} the body cannot be read
   */
  readBody(body: Uint8Array): Record<string, unknown>;
}
