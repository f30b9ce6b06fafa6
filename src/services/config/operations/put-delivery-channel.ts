import type { DeliveryChannel, PutDeliveryChannelRequest } from '@aws-sdk/client-config-service';
import { parseArn } from '../../../aws/arn.ts';
import { lengthBetween, oneOf, required } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import { put, type Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { findChannel, findRecorder, placeOf } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import {
  channels,
  placeKey,
  schedules,
  type ChannelRecord,
  type ChannelVerification,
  type ConfigPorts,
  type RecorderRecord,
} from '../ports.ts';
import { rescheduled, snapshotIntervalMillis } from '../schedule.ts';
import { assertConstraints } from '../validate.ts';

const name = 'PutDeliveryChannel';

export interface Resources {
  readonly recorder: Stored<RecorderRecord> | null;
  readonly existing: Stored<ChannelRecord> | null;
}

/**
 * Makes the delivery channel of this account and Region, or changes it: after AWS Config has written a file to the
 * bucket. A channel whose bucket refuses is not stored.
 * spec: CFG-CHANNEL-1, CFG-CHANNEL-2
 */
export const putDeliveryChannel = operation<PutDeliveryChannelRequest, object, ConfigPorts, Resources>({
  name,

  validate: (input) => assertConstraints(required('deliveryChannel', input.DeliveryChannel)),

  async resolve(_, context) {
    return { recorder: await findRecorder(context), existing: await findChannel(context) };
  },

  authorization: (_input, _, context) => [configPermission(name, context)],

  async operate(input, { recorder, existing }, context) {
    if (recorder === null) throw configErrors.noRecorderForChannel();
    const channel = await channelOf(input.DeliveryChannel ?? {}, existing?.value ?? null, context);
    const verified = await context.ports.deliveries.verifyChannel({
      ...channel,
      partition: context.partition,
      roleArn: recorder.value.roleARN,
    });
    assertVerified(verified, channel, recorder.value.roleARN);
    const schedule = await context.ports.records.get(schedules, placeKey(channel));
    const changes = [
      put(channels, placeKey(channel), channel, { ifRevision: existing?.revision ?? 0 }),
      ...rescheduled(schedule, channel, {
        snapshotAtMillis: nextSnapshot(
          channel,
          schedule?.value.snapshotAtMillis ?? null,
          context.nowMillis(),
        ),
      }),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    return {};
  },
});

/** A delivery that is planned sooner stays planned. spec: CFG-CLOCK-3 */
function nextSnapshot(channel: ChannelRecord, planned: number | null, nowMillis: number): number | null {
  const interval = snapshotIntervalMillis(channel.deliveryFrequency);
  return interval === null ? null : Math.min(planned ?? Infinity, nowMillis + interval);
}

const deliveryFrequencies = ['One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours'];

/**
 * The channel as it will be stored. On an update AWS keeps the bucket and the topic that are not named, and takes
 * everything else as it comes. Checks in the order in which AWS reports.
 * spec: CFG-CHANNEL-2, CFG-CHANNEL-4
 */
async function channelOf(
  input: DeliveryChannel,
  existing: ChannelRecord | null,
  context: OperationContext<ConfigPorts>,
): Promise<ChannelRecord> {
  const channelName = input.name ?? 'default';
  if (channelName.trim() === '') throw configErrors.channelNameBlank({ name: channelName });
  assertConstraints(lengthBetween('deliveryChannel.name', channelName, 1, 256));
  const s3BucketName = input.s3BucketName ?? existing?.s3BucketName ?? '';
  if (s3BucketName.trim() === '') throw configErrors.bucketNameBlank();
  if (input.s3KeyPrefix === '') throw configErrors.prefixEmpty({ prefix: '' });
  const snsTopicARN = input.snsTopicARN ?? existing?.snsTopicARN ?? null;
  if (snsTopicARN !== null) await assertTopic(snsTopicARN, context);
  if (input.s3KmsKeyArn !== undefined) assertKey(input.s3KmsKeyArn);
  if (existing !== null && existing.name !== channelName)
    throw configErrors.tooManyChannels({ name: channelName });
  const deliveryFrequency = input.configSnapshotDeliveryProperties?.deliveryFrequency ?? null;
  assertConstraints(
    oneOf(
      'deliveryChannel.configSnapshotDeliveryProperties.deliveryFrequency',
      deliveryFrequency ?? undefined,
      deliveryFrequencies,
    ),
  );
  return {
    ...placeOf(context),
    name: channelName,
    s3BucketName,
    s3KeyPrefix: input.s3KeyPrefix ?? null,
    s3KmsKeyArn: input.s3KmsKeyArn ?? null,
    snsTopicARN,
    deliveryFrequency,
  };
}

async function assertTopic(text: string, context: OperationContext<ConfigPorts>): Promise<void> {
  const arn = parseArn(text);
  const isTopic = arn?.service === 'sns' && arn.region === context.region && arn.resource !== '';
  if (!isTopic || (await context.ports.topics.exists(text)) === false)
    throw configErrors.invalidTopic({ arn: text });
}

function assertKey(text: string): void {
  const arn = parseArn(text);
  const isKey = arn?.service === 'kms' && /^(key|alias)\/./.test(arn.resource);
  if (!isKey) throw configErrors.invalidKey({ arn: text });
}

function assertVerified(verified: ChannelVerification, channel: ChannelRecord, roleArn: string): void {
  if (verified.outcome === 'verified') return;
  const bucket = channel.s3BucketName;
  switch (verified.fault) {
    case 'role-not-assumable':
      throw configErrors.roleNotAssumable({ bucket, roleArn });
    case 'bucket-missing':
      throw configErrors.noSuchBucket({ bucket });
    case 'acl-not-readable':
      throw configErrors.aclNotReadable({ bucket });
    case 'not-writable':
      throw configErrors.notWritable({
        bucket,
        prefix: channel.s3KeyPrefix ?? 'null',
        key: channel.s3KmsKeyArn ?? 'null',
      });
  }
}
