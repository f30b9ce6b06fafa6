/** The key of an encrypted topic, used as the publisher. */
import { AwsError } from '../aws-error.ts';
import { snsErrors } from './errors.ts';
import type { SnsContext } from './find-topic.ts';
import type { TopicRecord } from './ports.ts';

/**
 * Whoever publishes to an encrypted topic needs its key, through SNS.
 *
 * @throws KMSAccessDenied, KMSDisabled, KMSInvalidState, KMSNotFound
 * spec: SNS-KMS-1, SNS-KMS-2
 */
export async function useTopicKey(topic: TopicRecord, context: SnsContext): Promise<void> {
  if (topic.kmsMasterKeyId === null) return;
  try {
    await context.ports.topicKeys.use(context.caller, {
      keyId: keyArn(topic.kmsMasterKeyId, topic),
      topicArn: topic.arn,
      region: topic.region,
    });
  } catch (error) {
    throw error instanceof AwsError ? (snsError(error) ?? error) : error;
  }
}

/** A name without account is one of the topic's account, whoever publishes. */
function keyArn(id: string, { partition, region, account }: TopicRecord): string {
  if (id.startsWith('arn:')) return id;
  return `arn:${partition}:kms:${region}:${account}:${id.startsWith('alias/') ? id : `key/${id}`}`;
}

function snsError({ code, message }: AwsError): AwsError | null {
  switch (code) {
    case 'AccessDeniedException':
      return snsErrors.kmsAccessDenied({ message });
    case 'DisabledException':
      return snsErrors.kmsDisabled({ message });
    case 'KMSInvalidStateException':
      return snsErrors.kmsInvalidState({ message });
    case 'NotFoundException':
      return snsErrors.kmsNotFound({ message });
    default:
      return null;
  }
}
