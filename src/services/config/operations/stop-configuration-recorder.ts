import type { StopConfigurationRecorderRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { put, type Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { getRecorder } from '../find-recorder.ts';
import { recorderPermission } from '../permission.ts';
import { recorders, recordingMarks, type ConfigPorts, type RecorderRecord } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'StopConfigurationRecorder';

export const stopConfigurationRecorder = operation<
  StopConfigurationRecorderRequest,
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
    if (!recorder.value.isRecording) return {};
    const stopped: RecorderRecord = {
      ...recorder.value,
      isRecording: false,
      lastStopAtMillis: context.nowMillis(),
    };
    const changes = [
      put(recorders, recorder.key, stopped, { ifRevision: recorder.revision }),
      put(recordingMarks, stopped.account, {}),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    return {};
  },
});
