import type { ListPoliciesRequest, ListPoliciesResponse, Policy } from '@aws-sdk/client-iam';
import { managedPolicyArns } from '../../../aws/managed-policies/managed-policy.ts';
import { oneOf } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { awsPolicyShape } from '../aws-policy-shape.ts';
import { assertValid, pageFaults, pathFaults } from '../input-faults.ts';
import { pageOf } from '../paging.ts';
import { iamPermission, type IamContext } from '../permission.ts';
import { useOf } from '../policy-use.ts';
import { nameKey, policies } from '../ports.ts';
import { policyShape } from '../sdk-shapes.ts';

export const listPolicies = operation({
  name: 'ListPolicies',
  validate: (input: ListPoliciesRequest) =>
    assertValid(
      oneOf('scope', input.Scope, ['All', 'AWS', 'Local']),
      oneOf('policyUsageFilter', input.PolicyUsageFilter, ['PermissionsPolicy', 'PermissionsBoundary']),
      ...pathFaults(input.PathPrefix, 'pathPrefix'),
      ...pageFaults(input),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _none, context: IamContext) => [iamPermission('ListPolicies', '*', context)],
  async operate(input, _none, context): Promise<ListPoliciesResponse> {
    const scope = input.Scope ?? 'All';
    const all = [
      ...(scope === 'AWS' ? [] : await customerPolicies(context)),
      ...(scope === 'Local' ? [] : await awsPolicies(context)),
    ];
    const { items, ...page } = pageOf(
      all.filter((policy) => isWanted(policy, input)),
      input,
      keyOf,
    );
    // Tags come with GetPolicy only.
    return { Policies: items.map(({ Tags: _tags, ...rest }) => rest), ...page };
  },
});

function isWanted(policy: Policy, input: ListPoliciesRequest): boolean {
  const {
    AttachmentCount: attachments = 0,
    PermissionsBoundaryUsageCount: boundaries = 0,
    Path: path = '/',
  } = policy;
  if (!path.startsWith(input.PathPrefix ?? '/')) return false;
  if (input.PolicyUsageFilter === 'PermissionsPolicy' && attachments === 0) return false;
  if (input.PolicyUsageFilter === 'PermissionsBoundary' && boundaries === 0) return false;
  return input.OnlyAttached !== true || attachments + boundaries > 0;
}

// Customers' before AWS's: account IDs are digits, which stand before `aws`.
function keyOf(policy: Policy): string {
  return (policy.Arn ?? '').toLowerCase();
}

async function customerPolicies({ ports, caller }: IamContext): Promise<Policy[]> {
  const prefix = nameKey(caller.account, '');
  const records = await ports.records.list(policies, { prefix, limit: Infinity });
  const shapes = await Promise.all(
    records.map(async ({ value }) =>
      policyShape(value, await useOf(ports.records, caller.account, value.arn)),
    ),
  );
  return shapes.sort(byKey);
}

async function awsPolicies({ ports, caller, partition }: IamContext): Promise<Policy[]> {
  const arns = managedPolicyArns().map((arn) => arn.replace(/^arn:aws:/, `arn:${partition}:`));
  const shapes = await Promise.all(
    arns.map(async (arn) => awsPolicyShape(arn, await useOf(ports.records, caller.account, arn))),
  );
  return shapes.filter((shape) => shape !== null).sort(byKey);
}

function byKey(a: Policy, b: Policy): number {
  return Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b)));
}
