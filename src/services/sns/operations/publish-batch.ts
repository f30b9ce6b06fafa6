import type { BatchResultErrorEntry, PublishBatchInput, PublishBatchResponse } from '@aws-sdk/client-sns';
import { AwsError } from '../../aws-error.ts';
import { operation } from '../../operation.ts';
import { snsErrors } from '../errors.ts';
import { existing, findTopic, topicPermission, type NamedTopic } from '../find-topic.ts';
import { assertMessage, messageBytes, messageMaxBytes } from '../message.ts';
import type { SnsPorts } from '../ports.ts';
import { publishMessages } from '../publish-message.ts';
import { useTopicKey } from '../topic-key.ts';

const entriesMax = 10;

/** Each entry succeeds or fails by itself. spec: SNS-PUBLISH-3 */
export const publishBatch = operation<PublishBatchInput, PublishBatchResponse, SnsPorts, NamedTopic>({
  name: 'PublishBatch',
  validate({ PublishBatchRequestEntries: entries = [] }) {
    if (entries.length === 0) throw snsErrors.emptyBatch();
    if (entries.length > entriesMax) throw snsErrors.tooManyEntries();
    if (new Set(entries.map(({ Id }) => Id)).size !== entries.length) throw snsErrors.batchIdsNotDistinct();
    const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
    if (bytes > messageMaxBytes) throw snsErrors.invalidParameter({ what: 'Message too long' });
  },
  resolve: (input, context) => findTopic(input.TopicArn, context),
  authorization: (_, topic, context) => [topicPermission('Publish', topic, context)],
  async operate({ PublishBatchRequestEntries: entries = [] }, named, context) {
    const topic = existing(named).value;
    await useTopicKey(topic, context);
    const failed: BatchResultErrorEntry[] = [];
    const good = entries.filter((entry) => {
      try {
        assertMessage(entry);
        return true;
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
        return false;
      }
    });
    const ids = await publishMessages(good, topic, context);
    const successful = good.map(({ Id }, index) => ({ Id, MessageId: ids[index] }));
    return { Successful: successful, Failed: failed };
  },
});
