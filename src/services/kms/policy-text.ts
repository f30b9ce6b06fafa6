/** A key policy's text as KMS reads it before it stores it. */
import { parsePolicy } from '../../policy/document/parse-policy.ts';
import type { PolicyDocument } from '../../policy/document/policy-document.ts';
import { readJson } from '../../policy/document/read-json.ts';

/** The policy, or `null` if KMS would call the text malformed: not JSON, not the grammar, a statement for nobody. */
export function readKeyPolicy(text: string): PolicyDocument | null {
  const read = readJson(text, { file: null });
  if (!read.ok) return null;
  const parsed = parsePolicy(read.source.value, { type: 'key' });
  if (!parsed.ok || parsed.policy.statements.some((statement) => statement.principal === null)) return null;
  return parsed.policy;
}

/** Every AWS principal that the policy names, as written, without the star and without account IDs: any account exists. */
export function awsPrincipals(policy: PolicyDocument): readonly string[] {
  return policy.statements
    .flatMap((statement) => statement.principal?.entries ?? [])
    .filter((entry) => entry.type === 'AWS' && entry.text !== '*' && !/^\d{12}$/.test(entry.text))
    .map((entry) => entry.text);
}
