/**
 * The resource types that AWS Config's model lists: what a recording group may name of AWS's own.
 * spec: CFG-GROUP-5
 */
import { ResourceType } from '@aws-sdk/client-config-service';
import type { ConstraintFault } from '../constraints.ts';

const listed: ReadonlySet<string> = new Set(Object.values(ResourceType));

/** The documentation names it, the model's list does not. */
const unlisted = 'AWS::Config::ConfigurationRecorder';

/** Types of other vendors are custom resources, and anybody's to name. */
export function typeFaults(
  path: string,
  types: readonly string[] | undefined,
): readonly (ConstraintFault | null)[] {
  const isKnown = (type: string) =>
    type.startsWith('AWS::') ? listed.has(type) || type === unlisted : /^[^:]+::[^:]+::[^:]+$/.test(type);
  if (types?.every(isKnown) ?? true) return [];
  return [
    {
      path,
      value: `[${types?.join(', ') ?? ''}]`,
      must: `satisfy constraint: [Member must satisfy enum value set: [${[...listed].join(', ')}]]`,
    },
  ];
}
