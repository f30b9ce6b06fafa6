/**
 * What `aws kms get-key-policy` and `aws s3api get-bucket-policy` print: the policy is a text in an object.
 * spec: INPUT-ANSWER-1
 */
import { readJson, type ReadJson } from '../policy/document/read-json.ts';
import type { SourceText } from '../policy/document/source-text.ts';

/**
 * The policy that an answer of the AWS CLI holds, or what is wrong with it; `null`: this is no such answer. Its nodes
 * all stand where the text stands.
 */
export function policyInAnswer(answer: SourceText): ReadJson | null {
  const { value, file } = answer;
  if (typeof value !== 'object' || value === null || 'Statement' in value || !('Policy' in value))
    return null;
  if (typeof value.Policy !== 'string') return null;
  const read = readJson(value.Policy, { file });
  const place = answer.locate('/Policy');
  const at = { line: place?.line ?? 1, column: place?.column ?? 1 };
  if (!read.ok) return { ok: false, faults: read.faults.map((fault) => ({ ...fault, ...at })) };
  const { source } = read;
  return {
    ok: true,
    source: {
      ...source,
      locate: (pointer) => {
        const found = source.locate(pointer);
        return found === null ? null : { ...found, ...at };
      },
    },
  };
}
