import type { SnsContext } from './find-topic.ts';
import { attributeTexts, messageText, type MessageInput } from './message.ts';
import type { TopicRecord } from './ports.ts';

/** Hands a message on that may be published; its ID. */
export function publishMessage(input: MessageInput, topic: TopicRecord, context: SnsContext): string {
  const messageId = context.newUuid();
  context.ports.messages.add({
    messageId,
    topicArn: topic.arn,
    publishedAtMillis: context.nowMillis(),
    publisher: context.caller.principal,
    subject: input.Subject ?? null,
    message: messageText(input),
    attributes: attributeTexts(input),
  });
  return messageId;
}
