import type { DeleteDeliveryChannelRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { expectRevision, remove, type Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, getChannel } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import {
  channels,
  channelStatuses,
  recorders,
  schedules,
  type ChannelRecord,
  type ConfigPorts,
} from '../ports.ts';
import { rescheduled } from '../schedule.ts';
import { assertConstraints } from '../validate.ts';

const name = 'DeleteDeliveryChannel';

/** Not while the recorder runs. spec: CFG-CHANNEL-3 */
export const deleteDeliveryChannel = operation<
  DeleteDeliveryChannelRequest,
  object,
  ConfigPorts,
  Stored<ChannelRecord>
>({
  name,
  validate: (input) =>
    assertConstraints(
      required('deliveryChannelName', input.DeliveryChannelName),
      lengthBetween('deliveryChannelName', input.DeliveryChannelName, 1, 256),
    ),
  resolve: (input, context) => getChannel(input.DeliveryChannelName ?? '', context),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, channel, context) {
    const recorder = await findRecorder(context);
    if (recorder?.value.isRecording === true)
      throw configErrors.lastChannel({ name: input.DeliveryChannelName ?? '' });
    const schedule = await context.ports.records.get(schedules, channel.key);
    const changes = [
      // Started meanwhile, the recorder keeps its channel.
      expectRevision(recorders, channel.key, recorder?.revision ?? 0),
      ...rescheduled(schedule, channel.value, { snapshotAtMillis: null }),
      remove(channels, channel.key, { ifRevision: channel.revision }),
      remove(channelStatuses, channel.key),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    return {};
  },
});
