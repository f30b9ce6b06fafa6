import type { RetentionConfiguration } from '@aws-sdk/client-config-service';
import type { RetentionRecord } from './ports.ts';

/** AWS gives it its only name. */
export const retentionName = 'default';

export function retentionEntry({ retentionPeriodInDays }: RetentionRecord): RetentionConfiguration {
  return { Name: retentionName, RetentionPeriodInDays: retentionPeriodInDays };
}
