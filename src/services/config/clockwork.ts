import type { ConfigPorts } from './ports.ts';

/** What the work of a due time needs. */
export interface Clockwork {
  readonly ports: Pick<ConfigPorts, 'records' | 'inventory' | 'deliveries' | 'recorderRole'>;
  readonly nowMillis: () => number;
  readonly newUuid: () => string;
  readonly partitionOf: (region: string) => string;
}
