import type {
  ConfigurationRecorderStatus,
  DescribeConfigurationRecorderStatusRequest,
  DescribeConfigurationRecorderStatusResponse,
  RecorderStatus,
} from '@aws-sdk/client-config-service';
import { operation } from '../../operation.ts';
import { recorderPermission } from '../permission.ts';
import type { ConfigPorts, RecorderRecord } from '../ports.ts';
import { assertRecorderSelector, selectRecorders } from '../select-recorders.ts';

const name = 'DescribeConfigurationRecorderStatus';

export const describeConfigurationRecorderStatus = operation<
  DescribeConfigurationRecorderStatusRequest,
  DescribeConfigurationRecorderStatusResponse,
  ConfigPorts,
  readonly RecorderRecord[]
>({
  name,
  validate: assertRecorderSelector,
  resolve: selectRecorders,
  authorization: (_, found, context) => [recorderPermission(name, found[0] ?? null, context)],
  operate: (_, found) => Promise.resolve({ ConfigurationRecordersStatus: found.map(statusEntry) }),
});

function statusEntry(recorder: RecorderRecord): ConfigurationRecorderStatus {
  return {
    arn: recorder.arn,
    name: recorder.name,
    lastStartTime: dateOf(recorder.lastStartAtMillis),
    lastStopTime: dateOf(recorder.lastStopAtMillis),
    recording: recorder.isRecording,
    // The model lists mixed case, the service sends upper case. spec: CFG-STATUS-1
    lastStatus: (recorder.lastStatus ?? undefined) as RecorderStatus | undefined,
    lastErrorCode: recorder.lastError?.code,
    lastErrorMessage: recorder.lastError?.message,
    lastStatusChangeTime: dateOf(recorder.lastStatusChangeAtMillis),
  };
}

function dateOf(millis: number | null): Date | undefined {
  return millis === null ? undefined : new Date(millis);
}
