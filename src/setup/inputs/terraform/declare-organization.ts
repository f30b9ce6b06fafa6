/**
 * SCPs and RCPs of a plan: those that bind an account, where the plan says that they do; where it does not say what
 * they bind, whatever they may bind is unknown.
 * spec: INPUT-ORG-1
 */
import { readJson } from '../../../policy/document/read-json.ts';
import type { ControlPolicy, Declared, Origin } from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { isObject, listOf, type PlanDocument, type PlannedResource } from './plan-document.ts';
import type { PlanValues } from './plan-values.ts';

export function declareOrganization(
  plan: PlanDocument,
  values: PlanValues,
  declared: Declared,
  originOf: (resource: PlannedResource) => Origin,
): void {
  const ofType = (...types: readonly string[]): readonly PlannedResource[] =>
    plan.resources.filter(({ type }) => types.includes(type));
  const policies = new Map(
    ofType('aws_organizations_policy').flatMap((resource) => {
      if (resource.mode !== 'managed') return [];
      const kind = values.text(resource, 'type') ?? 'SERVICE_CONTROL_POLICY';
      return kind === 'SERVICE_CONTROL_POLICY' || kind === 'RESOURCE_CONTROL_POLICY' || isUnknown(kind)
        ? [[idOf(resource), { resource, kind: isUnknown(kind) ? 'SERVICE_CONTROL_POLICY' : kind }] as const]
        : [];
    }),
  );
  const attached: ControlPolicy[] = ofType('aws_organizations_policy_attachment').flatMap((attachment) => {
    const id = values.text(attachment, 'policy_id');
    const target = values.text(attachment, 'target_id');
    const found = typeof id === 'string' ? policies.get(id) : undefined;
    // Another kind of policy, or one that is made elsewhere: FullAWSAccess and its like.
    if (found === undefined && typeof id === 'string') return [];
    return [
      {
        address: attachment.address,
        kind: found?.kind ?? 'SERVICE_CONTROL_POLICY',
        target: target ?? new UnknownValue(`${attachment.address} has no target`),
        document:
          found === undefined
            ? new UnknownValue(`which policy ${attachment.address} attaches is known after apply`)
            : contentOf(found.resource),
        origin: originOf(found?.resource ?? attachment),
      },
    ];
  });
  const [organization] = ofType('aws_organizations_organization');
  const parents = new Map<string, string>();
  for (const resource of ofType('aws_organizations_account', 'aws_organizations_organizational_unit')) {
    const parent = values.text(resource, 'parent_id');
    if (typeof parent === 'string') parents.set(idOf(resource), parent);
  }
  if (attached.length > 0)
    declared.controlPolicies.push({
      attached,
      parents,
      organizationId: organization === undefined ? null : textAt(organization, 'id'),
      managementAccount: organization === undefined ? null : textAt(organization, 'master_account_id'),
      roots:
        organization === undefined
          ? []
          : listOf(organization.values, 'roots').flatMap(({ id }) => (typeof id === 'string' ? [id] : [])),
    });

  function contentOf(resource: PlannedResource): Known<Readonly<Record<string, unknown>>> {
    const text = values.text(resource, 'content');
    if (isUnknown(text)) return text;
    const read = readJson(text ?? '', { file: null });
    return read.ok && isObject(read.source.value)
      ? read.source.value
      : new UnknownValue(`the policy of ${resource.address} is no JSON`);
  }

  /** References to a thing that is not made yet give its name. */
  function idOf(resource: PlannedResource): string {
    const name = values.nameOf(resource);
    return textAt(resource, 'id') ?? (isUnknown(name) ? resource.address : name);
  }
}

function textAt({ values }: PlannedResource, name: string): string | null {
  const text = values[name];
  return typeof text === 'string' && text !== '' ? text : null;
}
