import { pointerStep } from '../../policy/document/policy-document.ts';

/** Steps as a JSON pointer (RFC 6901). */
export function patchPath(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${pointerStep(String(step))}`).join('');
}
