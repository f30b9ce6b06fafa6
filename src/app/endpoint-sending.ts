/** Sending to the endpoints of topics, joined to the clock, the network and this server's own address. */
import type { Records } from '../services/records.ts';
import type { Sealing } from '../services/sealing.ts';
import type { SnsPorts } from '../services/sns/ports.ts';
import { firstSendMillis, sendMessages, type EndpointRequest } from '../services/sns/send-messages.ts';
import { signingKey, type SigningKey } from '../services/sns/signing-key.ts';
import { httpPost, type Reach } from '../world/http-post.ts';
import { RepeatedWork, type Waking } from './repeated-work.ts';

export interface EndpointSending {
  readonly work: Waking;
  readonly port: SnsPorts['endpoints'];
  nextDueMillis(): Promise<number | null>;
  /** The certificate of what signs messages, if it stands under this path. */
  certificate(path: string): Promise<string | null>;
  /** From here on messages are sent: they name the address of this server. */
  listensAt(url: string): void;
  /** After a reset: the pair that signs was stored, too. */
  forget(): void;
}

export interface EndpointSendingParts {
  readonly records: Records;
  readonly sealing: Sealing;
  readonly messages: SnsPorts['messages'];
  readonly world: {
    nowMillis(): number;
    randomBytes(length: number): Uint8Array;
  };
  readonly owner: string;
  /** Where endpoints may be. spec: SNS-HTTP-5 */
  readonly reach: Reach;
  onFault(error: unknown): void;
}

export function endpointSending(parts: EndpointSendingParts): EndpointSending {
  const { records, sealing, world, reach } = parts;
  const nowMillis = () => world.nowMillis();
  const closing = new AbortController();
  let url = '';
  let asked: Promise<SigningKey> | null = null;
  const pair = () => {
    asked ??= signingKey({ records, sealing, nowMillis, randomBytes: (length) => world.randomBytes(length) });
    asked.catch(() => (asked = null));
    return asked;
  };
  const sending = {
    records,
    sealing,
    messages: parts.messages,
    ownUrl: () => url,
    nowMillis,
    owner: parts.owner,
    signingKey: pair,
    post: (request: EndpointRequest) => httpPost(request, reach, closing.signal),
    isClosing: () => closing.signal.aborted,
    onFault: (error: unknown) => parts.onFault(error),
  };
  const work = new RepeatedWork(
    () => (url === '' ? Promise.resolve() : sendMessages(sending)),
    (error) => parts.onFault(error),
  );
  return {
    work: {
      wake: () => work.wake(),
      settle: () => work.settle(),
      close() {
        // No endpoint keeps the server from ending.
        closing.abort();
        return work.close();
      },
    },
    port: { ownUrl: () => url, wake: () => work.wake() },
    nextDueMillis: () => firstSendMillis(records),
    async certificate(path) {
      const { certificate, certificatePath } = await pair();
      return path === certificatePath ? certificate : null;
    },
    listensAt: (own) => void (url = own),
    forget: () => void (asked = null),
  };
}
