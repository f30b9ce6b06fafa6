import type {
  ConfigExportDeliveryInfo,
  ConfigStreamDeliveryInfo,
  DeliveryStatus,
  DescribeDeliveryChannelStatusRequest,
  DescribeDeliveryChannelStatusResponse,
} from '@aws-sdk/client-config-service';
import { operation } from '../../operation.ts';
import { configPermission } from '../permission.ts';
import {
  channelStatuses,
  placeKey,
  schedules,
  type ChannelRecord,
  type ConfigPorts,
  type ExportStatus,
  type StreamStatus,
} from '../ports.ts';
import { selectChannels } from '../select-channels.ts';

const name = 'DescribeDeliveryChannelStatus';

/** The three streams are always there, empty before their first delivery. spec: CFG-STATUS-1, CFG-STATUS-2 */
export const describeDeliveryChannelStatus = operation<
  DescribeDeliveryChannelStatusRequest,
  DescribeDeliveryChannelStatusResponse,
  ConfigPorts,
  readonly ChannelRecord[]
>({
  name,
  resolve: (input, context) => selectChannels(input.DeliveryChannelNames, context),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(_, found, context) {
    const entries = found.map(async (channel) => {
      const status = (await context.ports.records.get(channelStatuses, placeKey(channel)))?.value;
      const schedule = (await context.ports.records.get(schedules, placeKey(channel)))?.value;
      return {
        name: channel.name,
        configSnapshotDeliveryInfo: exportInfo(status?.snapshot ?? null, schedule?.snapshotAtMillis ?? null),
        // Until its first delivery it is empty, and clients such as the AWS CLI's get-status rely on that.
        configHistoryDeliveryInfo:
          status === undefined || status.history === null
            ? {}
            : exportInfo(status.history, schedule?.historyAtMillis ?? null),
        configStreamDeliveryInfo: streamInfo(status?.stream ?? null, channel),
      };
    });
    return { DeliveryChannelsStatus: await Promise.all(entries) };
  },
});

function exportInfo(status: ExportStatus | null, nextMillis: number | null): ConfigExportDeliveryInfo {
  const nextDeliveryTime = nextMillis === null ? undefined : new Date(nextMillis);
  if (status === null) return nextDeliveryTime === undefined ? {} : { nextDeliveryTime };
  return {
    nextDeliveryTime,
    lastStatus: wireStatus(status.lastStatus),
    lastErrorCode: status.lastErrorCode ?? undefined,
    lastErrorMessage: status.lastErrorMessage ?? undefined,
    lastAttemptTime: new Date(status.lastAttemptAtMillis),
    lastSuccessfulTime:
      status.lastSuccessAtMillis === null ? undefined : new Date(status.lastSuccessAtMillis),
  };
}

function streamInfo(status: StreamStatus | null, channel: ChannelRecord): ConfigStreamDeliveryInfo {
  if (channel.snsTopicARN === null) return { lastStatus: wireStatus('NOT_APPLICABLE') };
  if (status === null) return {};
  return {
    lastStatus: wireStatus(status.lastStatus),
    lastErrorCode: status.lastErrorCode ?? undefined,
    lastErrorMessage: status.lastErrorMessage ?? undefined,
    lastStatusChangeTime: new Date(status.lastStatusChangeAtMillis),
  };
}

/** The model lists mixed case, the service sends upper case. */
function wireStatus(status: 'SUCCESS' | 'FAILURE' | 'NOT_APPLICABLE'): DeliveryStatus {
  // The schema carries it as a plain string.
  return status as unknown as DeliveryStatus;
}
