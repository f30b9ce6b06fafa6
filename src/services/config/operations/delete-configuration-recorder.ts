import type { DeleteConfigurationRecorderRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { put, remove, type Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { getRecorder } from '../find-recorder.ts';
import { recorderPermission } from '../permission.ts';
import { recorders, recordingMarks, type ConfigPorts, type RecorderRecord } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'DeleteConfigurationRecorder';

/** What was recorded stays, and so does the delivery channel. */
export const deleteConfigurationRecorder = operation<
  DeleteConfigurationRecorderRequest,
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
    const changes = [
      remove(recorders, recorder.key, { ifRevision: recorder.revision }),
      put(recordingMarks, recorder.value.account, {}),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    return {};
  },
});
