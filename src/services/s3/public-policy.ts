/**
 * When the text of a bucket policy counts as public.
 * spec: S3-PUBLIC-1
 */
import { parsePolicy } from '../../policy/document/parse-policy.ts';
import { isPublicDocument } from '../../policy/public-policy.ts';

/** Whether the policy's text lets in whoever asks. A text that is no policy lets in nobody. */
export function isPublicPolicy(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  const parsed = parsePolicy(value, { type: 'bucket' });
  return parsed.ok && isPublicDocument(parsed.policy);
}
