/**
 * Sends what is due to endpoints, and again by the delivery policy where they fail. Each attempt is claimed first:
 * after a crash a message may come twice, but it is never lost.
 * spec: SNS-HTTP-3, SNS-RETRY-1
 */
import { put, remove, type Change, type Records, type Stored } from '../records.ts';
import { openText, type Sealing } from '../sealing.ts';
import { signedBody, textToSign, type UnsignedMessage } from './endpoint-message.ts';
import { shownEndpoint } from './find-subscription.ts';
import { outgoing, outgoingKey, type OutgoingRecord, type SnsPorts } from './ports.ts';
import type { SigningKey } from './signing-key.ts';

/** A request to an endpoint. */
export interface EndpointRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `status: null`: the endpoint was not reached, or did not answer in time. */
export type EndpointAnswer = { readonly status: number } | { readonly status: null; readonly why: string };

export interface Sending {
  readonly records: Records;
  readonly sealing: Sealing;
  readonly messages: SnsPorts['messages'];
  readonly ownUrl: () => string;
  readonly nowMillis: () => number;
  /** Of this process, never of another. */
  readonly owner: string;
  signingKey(): Promise<SigningKey>;
  /** Never throws for what an endpoint does. */
  post(request: EndpointRequest): Promise<EndpointAnswer>;
  /** Whether the server ends: what is under way then was no attempt. */
  isClosing(): boolean;
  onFault(error: unknown): void;
}

const atOnceCount = 32;
/** Longer than an endpoint may take to answer. */
const leaseSeconds = 60;

/** When the first message is due, past or future; `null`: none waits. */
export async function firstSendMillis(records: Records): Promise<number | null> {
  const [first] = await records.list(outgoing, { limit: 1 });
  return first?.value.dueAtMillis ?? null;
}

/** Everything that is due now, and what is to be tried again at once. */
export async function sendMessages(sending: Sending): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const page = await sending.records.list(outgoing, {
      limit: atOnceCount,
      ...(after === undefined ? {} : { after }),
    });
    const due = page.filter(({ value }) => value.dueAtMillis <= sending.nowMillis());
    after = due.at(-1)?.key;
    if (after === undefined) return;
    await Promise.all(
      due.map((stored) => send(stored, sending).catch((error: unknown) => sending.onFault(error))),
    );
  }
}

async function send(stored: Stored<OutgoingRecord>, sending: Sending): Promise<void> {
  const claimed = await claim(stored, sending);
  if (claimed === null) return;
  const answer = await sending.post(await requestOf(claimed.value, sending));
  if (answer.status === null && sending.isClosing()) return;
  const attemptsCount = claimed.value.attemptsCount + 1;
  const { changes, state } = endOf(claimed, answer, sending.nowMillis());
  if ((await sending.records.commit(changes)) === 'conflict') return;
  sending.messages.note(claimed.value.messageId, {
    subscriptionArn: claimed.value.subscriptionArn,
    protocol: claimed.value.endpoint.startsWith('https:') ? 'https' : 'http',
    endpoint: shownEndpoint(claimed.value.endpoint),
    state,
    attemptsCount,
    lastAnswer: answer.status === null ? answer.why : String(answer.status),
  });
}

/** The record under this process's lease, or `null`: another's runs. */
async function claim(
  stored: Stored<OutgoingRecord>,
  { records, owner, nowMillis }: Sending,
): Promise<Stored<OutgoingRecord> | null> {
  const { lease } = stored.value;
  if (lease !== null && lease.owner !== owner && lease.untilMillis > nowMillis()) return null;
  const value = { ...stored.value, lease: { owner, untilMillis: nowMillis() + leaseSeconds * 1000 } };
  const change = put(outgoing, stored.key, value, { ifRevision: stored.revision });
  if ((await records.commit([change])) === 'conflict') return null;
  return { ...stored, value, revision: stored.revision + 1 };
}

function endOf(
  { key, value, revision }: Stored<OutgoingRecord>,
  answer: EndpointAnswer,
  nowMillis: number,
): { readonly changes: readonly Change[]; readonly state: 'waiting' | 'delivered' | 'given-up' } {
  const done = remove(outgoing, key, { ifRevision: revision });
  // An endpoint that answers 4xx has spoken: there is no second attempt. spec: SNS-RETRY-1
  if (answer.status !== null && answer.status >= 200 && answer.status < 500)
    return { changes: [done], state: answer.status < 400 ? 'delivered' : 'given-up' };
  const [delaySeconds, ...retryDelaysSeconds] = value.retryDelaysSeconds;
  if (delaySeconds === undefined) return { changes: [done], state: 'given-up' };
  const attemptsCount = value.attemptsCount + 1;
  const dueAtMillis = nowMillis + delaySeconds * 1000;
  const again = { ...value, retryDelaysSeconds, attemptsCount, dueAtMillis, lease: null };
  const nextKey = outgoingKey(again);
  return {
    changes:
      nextKey === key
        ? [put(outgoing, key, again, { ifRevision: revision })]
        : [done, put(outgoing, nextKey, again, { ifRevision: 0 })],
    state: 'waiting',
  };
}

/** spec: SNS-HTTP-1, SNS-HTTP-2 */
async function requestOf(record: OutgoingRecord, sending: Sending): Promise<EndpointRequest> {
  // What `sendOrder` put there.
  const message = JSON.parse(openText(sending.sealing, record.sealed)) as UnsignedMessage;
  const isNotification = record.type === 'Notification';
  return {
    url: record.endpoint,
    headers: {
      'x-amz-sns-message-type': record.type,
      'x-amz-sns-message-id': record.messageId,
      'x-amz-sns-topic-arn': record.topicArn,
      ...(isNotification ? { 'x-amz-sns-subscription-arn': record.subscriptionArn } : {}),
      ...(record.isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
      'content-type': isNotification ? record.contentType : 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
    },
    body: record.isRaw ? String(message.members['Message']) : await signed(message, sending),
  };
}

async function signed(message: UnsignedMessage, sending: Sending): Promise<string> {
  const key = await sending.signingKey();
  return signedBody(message, {
    signature: key.sign(textToSign(message), message.signatureVersion),
    certificateUrl: `${sending.ownUrl()}${key.certificatePath}`,
  });
}
