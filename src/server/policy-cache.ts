/**
 * Compiled policies: what is stored is compiled once, however many requests ask it, and again when its text changes.
 * spec: SRV-AUTHZ-3
 */
import { compilePolicy } from '../policy/compile.ts';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import { readJson } from '../policy/document/read-json.ts';
import type { PolicySource } from '../policy/decision.ts';
import type { PolicyInput } from '../policy/policy-inputs.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import type { StoredPolicy } from '../services/operation.ts';

export interface PolicyCache {
  /** The policy as the engine takes it; a text that is no policy is known to be there, with unknown content. */
  compiled(policy: StoredPolicy, type: PolicyType): PolicyInput;
}

/** Policies kept: more than a test account has. The one asked for longest ago gives way. */
const cacheMaxCount = 5_000;

export function policyCache(maxCount: number = cacheMaxCount): PolicyCache {
  // By what carries the policy, since hashing a long text costs more than comparing it with the one that is kept.
  const kept = new Map<string, { readonly text: string; readonly input: PolicyInput }>();
  return {
    compiled: (policy, type) => {
      const { text } = policy;
      const key = `${type}\n${policy.arn}\n${policy.label}`;
      const found = kept.get(key);
      const entry = found?.text === text ? found : { text, input: compile(policy, type) };
      kept.delete(key);
      kept.set(key, entry);
      const oldest = kept.keys().next();
      if (kept.size > maxCount && !oldest.done) kept.delete(oldest.value);
      return entry.input;
    },
  };
}

function compile({ text, arn, label }: StoredPolicy, type: PolicyType): PolicyInput {
  const read = readJson(text, { file: null });
  const locate: PolicySource['locate'] = (pointer) => {
    const place = read.ok ? read.source.locate(pointer) : null;
    return place && { line: place.line, column: place.column };
  };
  const source: PolicySource = { source: arn, label, file: null, locate, arn };
  if (!read.ok) return unreadable(source, read.faults[0]?.message);
  const parsed = parsePolicy(read.source.value, { type, locate });
  if (!parsed.ok) return unreadable(source, parsed.faults[0]?.message);
  return { kind: 'policy', policy: compilePolicy(parsed.policy, { type, source }) };
}

function unreadable(source: PolicySource, message: string | undefined): PolicyInput {
  return { kind: 'unknown', source, why: `${source.label} cannot be read: ${message ?? 'it is no policy'}` };
}
