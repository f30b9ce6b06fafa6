/**
 * The account and the Region of a resource: its own `region`, its ARN, its provider's configuration, what else is
 * known of the same provider, else what was given by option.
 * spec: INPUT-PLACE-1
 */
import { parseArn } from '../../../aws/arn.ts';
import {
  isObject,
  listOf,
  memberOf,
  type Members,
  type PlanDocument,
  type PlannedResource,
} from './plan-document.ts';
import type { References } from './references.ts';

export interface ProviderPlace {
  readonly provider: string;
  readonly account: string | null;
  readonly region: string | null;
}

export function providerPlaces(
  plan: PlanDocument,
  refers: References,
  given: { readonly account: string | null; readonly region: string | null },
): (resource: PlannedResource) => ProviderPlace {
  const seen = new Map<string, { account: string | null; region: string | null }>();
  for (const resource of plan.resources) {
    const key = providerOf(resource);
    const known = seen.get(key) ?? { account: null, region: null };
    const arn = ownArn(resource);
    seen.set(key, {
      account: known.account ?? arn?.account ?? callerAccount(resource) ?? null,
      region: known.region ?? arn?.region ?? null,
    });
  }
  return (resource) => {
    const provider = providerOf(resource);
    const config = memberOf(memberOf(plan.providers, provider), 'expressions');
    const known = seen.get(provider);
    const region = resource.values['region'];
    const isRegion = typeof region === 'string' && /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region);
    return {
      provider,
      account: ownArn(resource)?.account ?? accountOfProvider(config) ?? known?.account ?? given.account,
      region:
        (isRegion ? region : null) ?? constant(memberOf(config, 'region')) ?? known?.region ?? given.region,
    };
  };

  /** A state has no configuration: all of it counts as one provider's. */
  function providerOf(resource: PlannedResource): string {
    return refers.providerOf(resource) ?? 'aws';
  }

  function accountOfProvider(config: Members): string | null {
    const allowed = memberOf(config, 'allowed_account_ids')['constant_value'];
    const [only] = Array.isArray(allowed) && allowed.length === 1 ? (allowed as unknown[]) : [];
    const [assumed] = listOf(config, 'assume_role');
    const role = assumed === undefined ? null : constant(memberOf(assumed, 'role_arn'));
    return (
      (typeof only === 'string' ? only : null) ?? (role === null ? null : (parseArn(role)?.account ?? null))
    );
  }

  function constant(expression: Members): string | null {
    const value = expression['constant_value'];
    if (typeof value === 'string') return value;
    const names = expression['references'];
    const [name] = Array.isArray(names) ? (names as unknown[]) : [];
    if (typeof name !== 'string' || !name.startsWith('var.')) return null;
    const variable = memberOf(plan.variables, name.slice(4))['value'];
    return typeof variable === 'string' ? variable : null;
  }
}

/** What is made already says in its ARN where it is. Policies of AWS's own have no account. */
function ownArn({
  values,
  mode,
  type,
}: PlannedResource): { account: string | null; region: string | null } | null {
  const arn = values['arn'];
  if (mode !== 'managed' || typeof arn !== 'string' || !type.startsWith('aws_')) return null;
  const parsed = parseArn(arn);
  if (parsed === null) return null;
  return {
    account: /^\d{12}$/.test(parsed.account) ? parsed.account : null,
    region: parsed.region === '' ? null : parsed.region,
  };
}

function callerAccount({ type, values }: PlannedResource): string | null {
  if (type !== 'aws_caller_identity' || !isObject(values)) return null;
  const account = values['account_id'];
  return typeof account === 'string' ? account : null;
}
