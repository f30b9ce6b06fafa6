/** The newest messages that topics were published: for tests, so in memory and bounded. */
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

/** spec: SNS-LOG-1 */
export function publishedMessages(): PublishedMessages {
  let kept: PublishedMessage[] = [];
  return {
    port: {
      add(message) {
        kept.push(message);
        if (kept.length > keptMaxCount) kept.shift();
      },
    },
    list: ({ topicArn, limit }) =>
      kept
        .filter((message) => topicArn === null || message.topicArn === topicArn)
        .reverse()
        .slice(0, limit)
        .map(({ publisher, publishedAtMillis, ...message }) => ({
          ...message,
          publisher: callerName(publisher),
          publishedAt: new Date(publishedAtMillis).toISOString(),
        })),
    clear() {
      kept = [];
    },
  };
}
