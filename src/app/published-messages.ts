/** The newest messages that topics were published, or endpoints sent: for tests, so in memory and bounded. */
import { callerName } from '../policy/caller-name.ts';
import type { PublishedMessage, SnsPorts } from '../services/sns/ports.ts';

const keptMaxCount = 1_000;

export interface PublishedMessages {
  readonly port: SnsPorts['messages'];
  /** Newest first. Plain JSON values. */
  list(of: { readonly topicArn: string | null; readonly limit: number }): readonly ShownMessage[];
  clear(): void;
}

export interface ShownMessage extends Omit<PublishedMessage, 'publisher' | 'publishedAtMillis'> {
  readonly publisher: string;
  readonly publishedAt: string;
}

/** spec: SNS-LOG-1, SNS-LOG-2 */
export function publishedMessages(): PublishedMessages {
  const kept = new Map<string, PublishedMessage>();
  return {
    port: {
      add(message) {
        kept.set(message.messageId, message);
        const [oldest] = kept.keys();
        if (kept.size > keptMaxCount && oldest !== undefined) kept.delete(oldest);
      },
      note(messageId, delivery) {
        const message = kept.get(messageId);
        if (message === undefined) return;
        const deliveries = message.deliveries.map((one) =>
          one.subscriptionArn === delivery.subscriptionArn ? delivery : one,
        );
        kept.set(messageId, { ...message, deliveries });
      },
    },
    list: ({ topicArn, limit }) =>
      [...kept.values()]
        .filter((message) => topicArn === null || message.topicArn === topicArn)
        .reverse()
        .slice(0, limit)
        .map(({ publisher, publishedAtMillis, ...message }) => ({
          ...message,
          publisher: callerName(publisher),
          publishedAt: new Date(publishedAtMillis).toISOString(),
        })),
    clear() {
      kept.clear();
    },
  };
}
