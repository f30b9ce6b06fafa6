/** Recorders and channels to and from the setup document. A channel is laid out without its checks. */
import { parseAccountId } from '../../aws/account-id.ts';
import type { World } from '../operation.ts';
import { put, type Change, type Records } from '../records.ts';
import {
  channels,
  placeKey,
  recorders,
  recordingMarks,
  type ChannelRecord,
  type Place,
  type RecorderRecord,
} from './ports.ts';
import { recordingGroupOf } from './recording-group.ts';
import { recordingModeOf } from './recording-mode.ts';
import { historyIntervalMillis, rescheduled } from './schedule.ts';

export interface RecorderEntry {
  readonly name?: string;
  readonly account: string;
  readonly region: string;
  readonly roleARN: string;
}

export interface ChannelEntry {
  readonly name?: string;
  readonly s3BucketName: string;
  readonly s3KeyPrefix?: string | null;
  readonly s3KmsKeyArn?: string | null;
  readonly snsTopicARN?: string | null;
}

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** The changes that store a recorder, running where it has a channel. @throws {RangeError} no account ID */
export function layOutRecorder(
  entry: RecorderEntry,
  channel: ChannelEntry | null,
  world: World & { readonly partition: string },
): readonly Change[] {
  const account = parseAccountId(entry.account);
  if (account === null) throw new RangeError(`${entry.account} is not an account ID`);
  const place: Place = { account, region: entry.region };
  const name = entry.name ?? 'default';
  const isRecording = channel !== null;
  const recorder: RecorderRecord = {
    ...place,
    name,
    arn: `arn:${world.partition}:config:${entry.region}:${account}:configuration-recorder/${name}/${world.newToken(16, idAlphabet)}`,
    roleARN: entry.roleARN,
    recordingGroup: recordingGroupOf({ allSupported: true, includeGlobalResourceTypes: true }),
    recordingMode: recordingModeOf(undefined),
    tags: {},
    isRecording,
    lastStartAtMillis: isRecording ? world.nowMillis() : null,
    lastStopAtMillis: null,
    lastStatus: isRecording ? 'SUCCESS' : null,
    lastStatusChangeAtMillis: isRecording ? world.nowMillis() : null,
  };
  return [
    put(recorders, placeKey(place), recorder),
    put(recordingMarks, account, {}),
    ...(channel === null
      ? []
      : [
          layOutChannel(channel, place),
          ...rescheduled(null, place, {
            inventoryAtMillis: world.nowMillis(),
            historyAtMillis: world.nowMillis() + historyIntervalMillis,
            purgeAtMillis: world.nowMillis(),
          }),
        ]),
  ];
}

function layOutChannel(entry: ChannelEntry, place: Place): Change {
  const channel: ChannelRecord = {
    ...place,
    name: entry.name ?? 'default',
    s3BucketName: entry.s3BucketName,
    s3KeyPrefix: entry.s3KeyPrefix ?? null,
    s3KmsKeyArn: entry.s3KmsKeyArn ?? null,
    snsTopicARN: entry.snsTopicARN ?? null,
    deliveryFrequency: null,
  };
  return put(channels, placeKey(place), channel);
}

/** Recorders with their channels, in the order of account and Region; `null`: none yet. */
export async function recorderEntries(
  records: Records,
): Promise<readonly { readonly recorder: RecorderEntry; readonly channel: ChannelEntry | null }[]> {
  const stored = await records.list(recorders, { limit: Infinity });
  return Promise.all(
    stored.map(async ({ key, value }) => {
      const channel = (await records.get(channels, key))?.value ?? null;
      return {
        recorder: { name: value.name, account: value.account, region: value.region, roleARN: value.roleARN },
        channel:
          channel === null
            ? null
            : {
                name: channel.name,
                s3BucketName: channel.s3BucketName,
                s3KeyPrefix: channel.s3KeyPrefix,
                s3KmsKeyArn: channel.s3KmsKeyArn,
                snsTopicARN: channel.snsTopicARN,
              },
      };
    }),
  );
}
