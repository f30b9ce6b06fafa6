import type { StartConfigurationRecorderRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { expectRevision, put, type Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { findChannel, getRecorder, placeOf } from '../find-recorder.ts';
import { recorderPermission } from '../permission.ts';
import {
  channels,
  recorders,
  recordingMarks,
  schedules,
  type ConfigPorts,
  type RecorderRecord,
} from '../ports.ts';
import { noteRecorderStatus } from '../recorder-status.ts';
import { historyIntervalMillis, rescheduled } from '../schedule.ts';
import { takeInventory } from '../take-inventory.ts';
import { assertConstraints } from '../validate.ts';

const name = 'StartConfigurationRecorder';

/** What is there already is recorded before it answers. spec: CFG-REC-4, CFG-RECORD-4 */
export const startConfigurationRecorder = operation<
  StartConfigurationRecorderRequest,
  object,
  ConfigPorts,
  Stored<RecorderRecord>
>({
  name,
  validate: (input) =>
    assertConstraints(
      required('configurationRecorderName', input.ConfigurationRecorderName),
      lengthBetween('configurationRecorderName', input.ConfigurationRecorderName, 1, 256),
    ),
  resolve: (input, context) => getRecorder(input.ConfigurationRecorderName ?? '', context),
  authorization: (_, recorder, context) => [recorderPermission(name, recorder.value, context)],
  async operate(_, recorder, context) {
    const channel = await findChannel(context);
    if (channel === null) throw configErrors.noDeliveryChannelToStart();
    if (recorder.value.isRecording) return {};
    const nowMillis = context.nowMillis();
    const started: RecorderRecord = {
      ...recorder.value,
      isRecording: true,
      lastStartAtMillis: nowMillis,
      lastStatus: 'PENDING',
      lastError: null,
      lastStatusChangeAtMillis: nowMillis,
    };
    const schedule = await context.ports.records.get(schedules, recorder.key);
    const changes = [
      // Deleted meanwhile, it would run without one.
      expectRevision(channels, channel.key, channel.revision),
      put(recorders, recorder.key, started, { ifRevision: recorder.revision }),
      put(recordingMarks, started.account, {}),
      ...rescheduled(schedule, started, {
        inventoryAtMillis: nowMillis,
        purgeAtMillis: schedule?.value.purgeAtMillis ?? nowMillis,
        historyAtMillis: schedule?.value.historyAtMillis ?? nowMillis + historyIntervalMillis,
      }),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    const place = { ...placeOf(context), partition: context.partition };
    await takeInventory(context.ports, place, nowMillis);
    await noteRecorderStatus(context.ports, place, nowMillis);
    return {};
  },
});
