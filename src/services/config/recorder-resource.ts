/** The recorder itself as a resource: AWS Config always records it. spec: CFG-RECORD-5 */
import type { InventoryItem, RecorderRecord } from './ports.ts';

export const recorderType = 'AWS::Config::ConfigurationRecorder';

export function recorderResource(recorder: RecorderRecord): InventoryItem {
  const { name, arn, roleARN, recordingGroup: group, recordingMode: mode, region, tags } = recorder;
  return {
    resourceType: recorderType,
    resourceId: name,
    resourceName: name,
    arn,
    awsRegion: region,
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: null,
    tags,
    // The names of AWS's schema of the type.
    configuration: {
      Id: name,
      Name: name,
      RoleARN: roleARN,
      Recording: recorder.isRecording,
      RecordingGroup: {
        AllSupported: group.allSupported,
        IncludeGlobalResourceTypes: group.includeGlobalResourceTypes,
        ResourceTypes: group.resourceTypes,
        ExclusionByResourceTypes: { ResourceTypes: group.exclusionByResourceTypes },
        RecordingStrategy: { UseOnly: group.recordingStrategy },
      },
      RecordingMode: {
        RecordingFrequency: mode.recordingFrequency,
        RecordingModeOverrides: mode.recordingModeOverrides.map((override) => ({
          ...(override.description === undefined ? {} : { Description: override.description }),
          ResourceTypes: override.resourceTypes,
          RecordingFrequency: override.recordingFrequency,
        })),
      },
    },
    supplementaryConfiguration: {},
  };
}
