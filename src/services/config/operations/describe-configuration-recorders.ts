import type {
  ConfigurationRecorder,
  DescribeConfigurationRecordersRequest,
  DescribeConfigurationRecordersResponse,
} from '@aws-sdk/client-config-service';
import { operation } from '../../operation.ts';
import { asResourceType } from '../configuration-item.ts';
import { recorderPermission } from '../permission.ts';
import type { ConfigPorts, RecorderRecord } from '../ports.ts';
import { assertRecorderSelector, selectRecorders } from '../select-recorders.ts';

const name = 'DescribeConfigurationRecorders';

export const describeConfigurationRecorders = operation<
  DescribeConfigurationRecordersRequest,
  DescribeConfigurationRecordersResponse,
  ConfigPorts,
  readonly RecorderRecord[]
>({
  name,
  validate: assertRecorderSelector,
  resolve: selectRecorders,
  authorization: (_, found, context) => [recorderPermission(name, found[0] ?? null, context)],
  operate: (_, found) => Promise.resolve({ ConfigurationRecorders: found.map(recorderEntry) }),
});

/** Lists are empty, not absent. */
function recorderEntry(recorder: RecorderRecord): ConfigurationRecorder {
  const { recordingGroup: group, recordingMode: mode } = recorder;
  return {
    arn: recorder.arn,
    name: recorder.name,
    roleARN: recorder.roleARN,
    recordingGroup: {
      allSupported: group.allSupported,
      includeGlobalResourceTypes: group.includeGlobalResourceTypes,
      resourceTypes: group.resourceTypes.map(asResourceType),
      exclusionByResourceTypes: { resourceTypes: group.exclusionByResourceTypes.map(asResourceType) },
      recordingStrategy: { useOnly: group.recordingStrategy },
    },
    recordingMode: {
      recordingFrequency: mode.recordingFrequency,
      recordingModeOverrides: mode.recordingModeOverrides.map((override) => ({
        description: override.description,
        resourceTypes: override.resourceTypes.map(asResourceType),
        recordingFrequency: override.recordingFrequency,
      })),
    },
    recordingScope: 'PAID',
  };
}
