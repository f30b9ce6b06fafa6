/** The ARNs of a policy's resources, as far as they are meant to be ARNs at all. */
import { arnParts } from './condition-value.ts';
import type { PolicyView, TextAt } from './policy-view.ts';
import { placeholderIn } from './rules/placeholder-not-substituted.ts';

export interface ArnTextAt extends TextAt {
  /** The six parts, the last with its colons; fewer where the text has fewer. */
  readonly parts: readonly string[];
}

/** Every text of Resource and NotResource but the star; what another rule speaks of (placeholders, asterisks around) is left out. */
export function arnTexts(policy: PolicyView): readonly ArnTextAt[] {
  return policy.statements
    .flatMap((statement) => [...(statement.resources ?? []), ...(statement.notResources ?? [])])
    .filter(({ text }) => text !== '*' && placeholderIn(text) === null && !/^\*+arn:/.test(text))
    .map((text) => ({ ...text, parts: arnParts(text.text) }));
}

/** Whether an S3 ARN is one of a bucket or an object, which carry neither Region nor account. */
export function isBucketOrObject(service: string, resource: string): boolean {
  return (
    service === 's3' &&
    !/^(accesspoint|access-grants|job|storage-lens|storage-lens-group|async-request|outpost)([/:]|$)/.test(
      resource,
    )
  );
}
