// Placeholder until the engine lands: the shape other parts may rely on.
import type { PolicySource } from './decision.ts';

export type PolicyType = 'identity' | 'trust' | 'bucket' | 'key' | 'topic' | 'resource' | 'boundary' | 'session' | 'scp' | 'rcp' | 'vpc-endpoint';

export interface CompiledPolicy {
  readonly type: PolicyType;
  readonly source: PolicySource;
}
