/** The ARNs of a policy's resources, as far as they are meant to be ARNs at all. */
import { arnParts } from './condition-value.ts';
import type { LintContext, RuleFinding } from './lint-rule.ts';
import type { PolicyView, TextAt } from './policy-view.ts';
import { placeholderIn } from './rules/placeholder-not-substituted.ts';
import { overlaps } from './wildcard.ts';

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

/** The resource part of a service's form of an ARN, as a pattern. */
export function resourcePattern(form: string): string {
  return (arnParts(form)[5] ?? '').replaceAll(/\$\{[^}]*\}/g, '*');
}

/** Each ARN that leaves its Region or account empty, though every resource that it can mean has one. */
export function* arnsLacking(
  part: 'Region' | 'account',
  { policy, authorization }: LintContext,
): Iterable<RuleFinding> {
  const index = part === 'Region' ? 3 : 4;
  for (const { text, pointer, parts } of arnTexts(policy)) {
    const [prefix, , service = '', , , resource] = parts;
    if (prefix !== 'arn' || resource === undefined || parts[index] !== '') continue;
    if (part === 'account' && !accountServices.has(service)) continue;
    const forms = Object.values(authorization.service(service)?.resourceTypes ?? {})
      .map(({ arn }) => arn)
      .filter((form) => overlaps(resourcePattern(form), resource));
    if (forms.length === 0 || forms.some((form) => arnParts(form)[index] === '')) continue;
    yield {
      pointer,
      message: `\`${text}\` names no ${part}, which the ARN of such a resource of ${service} has, so it matches nothing`,
      next: `write the ${part}${part === 'account' ? ' ID' : ''}, or \`*\``,
    };
  }
}

/** Services whose resources all belong to somebody's account. Elsewhere AWS's own, as SSM's documents, may leave it empty. */
const accountServices: ReadonlySet<string> = new Set([
  'config',
  'dynamodb',
  'iam',
  'kms',
  'lambda',
  'logs',
  'secretsmanager',
  'sns',
  'sqs',
  'sts',
]);
