/**
 * Recording groups: which resource types a recorder records.
 * spec: CFG-GROUP-1, CFG-GROUP-2
 */
import type { RecordingGroup } from '@aws-sdk/client-config-service';
import { oneOf } from '../constraints.ts';
import { configErrors } from './errors.ts';
import type { RecordingGroupRecord, RecordingStrategyName } from './ports.ts';
import { assertConstraints } from './validate.ts';

export const recordingStrategies: readonly RecordingStrategyName[] = [
  'INCLUSION_BY_RESOURCE_TYPES',
  'ALL_SUPPORTED_RESOURCE_TYPES',
  'EXCLUSION_BY_RESOURCE_TYPES',
];

/** The types that are recorded only where a group asks for global ones. */
const globalTypes: ReadonlySet<string> = new Set([
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
]);

/** Regions that AWS Config came to after February 2022: there it records no global IAM types. */
const laterRegions: ReadonlySet<string> = new Set([
  ...['ap-east-2', 'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
  ...['ca-west-1', 'eu-central-2', 'eu-south-2', 'il-central-1', 'me-central-1', 'mx-central-1'],
]);

/** Whether AWS Config knows the type in this Region at all. spec: CFG-GROUP-4 */
export function isKnownIn(region: string, resourceType: string): boolean {
  return !laterRegions.has(region) || !globalTypes.has(resourceType);
}

const allSupported: RecordingGroupRecord = {
  allSupported: true,
  includeGlobalResourceTypes: false,
  resourceTypes: [],
  exclusionByResourceTypes: [],
  recordingStrategy: 'ALL_SUPPORTED_RESOURCE_TYPES',
};

/** The group that AWS stores for what was sent. @throws InvalidRecordingGroupException, ValidationException */
export function recordingGroupOf(input: RecordingGroup | undefined): RecordingGroupRecord {
  if (input === undefined) return allSupported;
  const strategy = input.recordingStrategy?.useOnly;
  assertConstraints(
    oneOf('configurationRecorder.recordingGroup.recordingStrategy.useOnly', strategy, recordingStrategies),
  );
  const group: RecordingGroupRecord = {
    allSupported: input.allSupported ?? false,
    includeGlobalResourceTypes: input.includeGlobalResourceTypes ?? false,
    resourceTypes: input.resourceTypes ?? [],
    exclusionByResourceTypes: input.exclusionByResourceTypes?.resourceTypes ?? [],
    recordingStrategy: strategyOf(input, strategy),
  };
  if (!isValid(group, strategy)) throw configErrors.invalidRecordingGroup();
  return group;
}

/** Whether items of this type are recorded with their configuration. Custom resources always are. */
export function isRecorded(group: RecordingGroupRecord, resourceType: string): boolean {
  if (!resourceType.startsWith('AWS::') || resourceType.startsWith('AWS::Config::')) return true;
  switch (group.recordingStrategy) {
    case 'ALL_SUPPORTED_RESOURCE_TYPES':
      return group.includeGlobalResourceTypes || !globalTypes.has(resourceType);
    case 'INCLUSION_BY_RESOURCE_TYPES':
      return group.resourceTypes.includes(resourceType);
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !group.exclusionByResourceTypes.includes(resourceType);
  }
}

function strategyOf(input: RecordingGroup, given: RecordingStrategyName | undefined): RecordingStrategyName {
  if (given !== undefined) return given;
  return input.allSupported === true ? 'ALL_SUPPORTED_RESOURCE_TYPES' : 'INCLUSION_BY_RESOURCE_TYPES';
}

function isValid(group: RecordingGroupRecord, given: RecordingStrategyName | undefined): boolean {
  const hasTypes = group.resourceTypes.length > 0;
  const hasExclusions = group.exclusionByResourceTypes.length > 0;
  switch (group.recordingStrategy) {
    case 'ALL_SUPPORTED_RESOURCE_TYPES':
      return group.allSupported && !hasTypes && !hasExclusions;
    case 'INCLUSION_BY_RESOURCE_TYPES':
      return !group.allSupported && hasTypes && !hasExclusions && !group.includeGlobalResourceTypes;
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !group.allSupported && !hasTypes && hasExclusions && given !== undefined;
  }
}
