import {
  channels,
  placeKey,
  recorders,
  type ChannelToVerify,
  type ConfigPorts,
  type Place,
} from './ports.ts';

/** Where a place delivers to now, with the topic it tells. */
export interface DeliveryTarget extends ChannelToVerify {
  readonly topicArn: string | null;
}

/** `null`: there is no channel, or no recorder whose role could deliver. */
export async function deliversTo(
  place: Place,
  { records }: Pick<ConfigPorts, 'records'>,
  partitionOf: (region: string) => string,
): Promise<DeliveryTarget | null> {
  const [channel, recorder] = await Promise.all([
    records.get(channels, placeKey(place)),
    records.get(recorders, placeKey(place)),
  ]);
  if (channel === null || recorder === null) return null;
  const { s3BucketName, s3KeyPrefix, s3KmsKeyArn, snsTopicARN } = channel.value;
  return {
    account: place.account,
    region: place.region,
    partition: partitionOf(place.region),
    roleArn: recorder.value.roleARN,
    s3BucketName,
    s3KeyPrefix,
    s3KmsKeyArn,
    topicArn: snsTopicARN,
  };
}
