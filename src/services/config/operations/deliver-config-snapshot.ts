import type {
  DeliverConfigSnapshotRequest,
  DeliverConfigSnapshotResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, getChannel } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import type { ChannelRecord, ConfigPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'DeliverConfigSnapshot';

/** Answers at once; the snapshot follows. What becomes of it shows in the channel's status. spec: CFG-SNAPSHOT-1 */
export const deliverConfigSnapshot = operation<
  DeliverConfigSnapshotRequest,
  DeliverConfigSnapshotResponse,
  ConfigPorts,
  Stored<ChannelRecord>
>({
  name,
  validate: (input) =>
    assertConstraints(
      required('deliveryChannelName', input.deliveryChannelName),
      lengthBetween('deliveryChannelName', input.deliveryChannelName, 1, 256),
    ),
  resolve: (input, context) => getChannel(input.deliveryChannelName ?? '', context),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(_, { value: channel }, context) {
    const recorder = await findRecorder(context);
    if (recorder === null) throw configErrors.noRecorderForSnapshot();
    if (!recorder.value.isRecording) throw configErrors.noRunningRecorder();
    const configSnapshotId = context.newUuid();
    const order = context.ports.deliveries.snapshotOrder({
      ...channel,
      partition: context.partition,
      roleArn: recorder.value.roleARN,
      configSnapshotId,
      orderedAtMillis: context.nowMillis(),
    });
    if ((await context.ports.records.commit(order)) === 'conflict') throw configErrors.busy();
    context.ports.deliveries.wake();
    return { configSnapshotId };
  },
});
