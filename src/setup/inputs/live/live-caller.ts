/** How a live account is asked. Who asks, and over which network, is the caller's affair. */
import type { Members } from '../answers/aws-answer.ts';
import type { LiveOperation } from './live-calls.ts';

export interface LiveCaller {
  /** The profile of the AWS CLI; `null`: what the environment says. */
  readonly profile: string | null;
  /** The Region that is asked where a call names no other. */
  readonly region: string;
  /**
   * Makes one call, all its pages.
   *
   * @param region another Region than the caller's
   * @throws {LiveFault} nothing can be asked at all: credentials, throttling, network
   */
  call(operation: LiveOperation, input: Members, region?: string | null): Promise<LiveAnswer>;
}

/** A caller whose account is known. */
export interface LiveAccount {
  readonly caller: LiveCaller;
  readonly account: string;
  /** As whom: for refusals. */
  readonly arn: string;
}

export type LiveAnswer =
  | { readonly kind: 'answered'; readonly value: Members }
  /** AWS says that the bucket has no policy, no such setting. */
  | { readonly kind: 'none' }
  /** The thing that the call is about does not exist. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly message: string }
  /** AWS answered something else; the message is a clause. */
  | { readonly kind: 'failed'; readonly message: string };

/** Why no account can be read: one sentence, and what to do. */
export class LiveFault extends Error {
  override readonly name = 'LiveFault';
  readonly code: string;
  readonly next: string;

  constructor(code: string, message: string, next: string) {
    super(message);
    this.code = code;
    this.next = next;
  }
}
