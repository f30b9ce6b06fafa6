/** Recording modes: how often. spec: CFG-GROUP-3 */
import type { RecordingMode } from '@aws-sdk/client-config-service';
import { lengthBetween, oneOf, required } from '../constraints.ts';
import { configErrors } from './errors.ts';
import type { RecordingModeRecord } from './ports.ts';
import { assertConstraints } from './validate.ts';

/** Types that AWS records continuously only. */
const continuousOnly = [
  'AWS::Config::ResourceCompliance',
  'AWS::Config::ConformancePackCompliance',
  'AWS::Config::ConfigurationRecorder',
];

/** How often a type is recorded. Custom resources say themselves when they change. spec: CFG-DAILY-1 */
export function recordingFrequencyOf(
  mode: RecordingModeRecord,
  resourceType: string,
): 'CONTINUOUS' | 'DAILY' {
  if (!resourceType.startsWith('AWS::') || continuousOnly.includes(resourceType)) return 'CONTINUOUS';
  const override = mode.recordingModeOverrides.find(({ resourceTypes }) =>
    resourceTypes.includes(resourceType),
  );
  return (override ?? mode).recordingFrequency;
}

/** Whether anything is recorded daily. */
export function hasDaily({ recordingFrequency, recordingModeOverrides }: RecordingModeRecord): boolean {
  return [{ recordingFrequency }, ...recordingModeOverrides].some(
    (one) => one.recordingFrequency === 'DAILY',
  );
}

/** @throws ValidationException */
export function recordingModeOf(input: RecordingMode | undefined): RecordingModeRecord {
  if (input === undefined) return { recordingFrequency: 'CONTINUOUS', recordingModeOverrides: [] };
  const path = 'configurationRecorder.recordingMode';
  const overrides = input.recordingModeOverrides ?? [];
  assertConstraints(
    required(`${path}.recordingFrequency`, input.recordingFrequency),
    oneOf(`${path}.recordingFrequency`, input.recordingFrequency, ['CONTINUOUS', 'DAILY']),
    lengthBetween(`${path}.recordingModeOverrides`, overrides, 0, 1),
    ...overrides.flatMap((override, index) => [
      lengthBetween(
        `${path}.recordingModeOverrides.${index + 1}.member.description`,
        override.description,
        1,
        256,
      ),
      required(`${path}.recordingModeOverrides.${index + 1}.member.resourceTypes`, override.resourceTypes),
      required(
        `${path}.recordingModeOverrides.${index + 1}.member.recordingFrequency`,
        override.recordingFrequency,
      ),
      oneOf(
        `${path}.recordingModeOverrides.${index + 1}.member.recordingFrequency`,
        override.recordingFrequency,
        ['CONTINUOUS', 'DAILY'],
      ),
    ]),
  );
  for (const override of overrides) {
    const refused = override.resourceTypes?.find((type) => continuousOnly.includes(type));
    if (override.recordingFrequency === 'DAILY' && refused !== undefined)
      throw configErrors.continuousOnly({ type: refused });
  }
  return {
    recordingFrequency: input.recordingFrequency ?? 'CONTINUOUS',
    recordingModeOverrides: overrides.map((override) => ({
      ...(override.description === undefined ? {} : { description: override.description }),
      resourceTypes: override.resourceTypes ?? [],
      recordingFrequency: override.recordingFrequency ?? 'CONTINUOUS',
    })),
  };
}

/**
 * Types that are named one by one are not silently recorded otherwise than asked.
 *
 * @throws ValidationException a type that cannot be recorded daily would be
 */
export function assertDailyTypes(mode: RecordingModeRecord, named: readonly string[]): void {
  const overridden = mode.recordingModeOverrides.flatMap(({ resourceTypes }) => resourceTypes);
  const refused = named.find((type) => continuousOnly.includes(type) && !overridden.includes(type));
  if (mode.recordingFrequency === 'DAILY' && refused !== undefined)
    throw configErrors.continuousOnly({ type: refused });
}
