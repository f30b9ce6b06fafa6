/** The recorder itself as a resource: AWS Config always records it. spec: CFG-RECORD-5 */
import type { InventoryItem, RecorderRecord } from './ports.ts';

export const recorderType = 'AWS::Config::ConfigurationRecorder';

export function recorderResource(recorder: RecorderRecord): InventoryItem {
  const { name, arn, roleARN, recordingGroup, recordingMode, region, tags } = recorder;
  return {
    resourceType: recorderType,
    resourceId: name,
    resourceName: name,
    arn,
    awsRegion: region,
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: null,
    tags,
    configuration: { name, arn, roleARN, recordingGroup, recordingMode },
    supplementaryConfiguration: {},
  };
}
