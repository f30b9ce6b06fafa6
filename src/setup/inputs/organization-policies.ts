/**
 * SCPs and RCPs that inputs attach, as what binds the accounts of a delivery. FullAWSAccess counts as attached at
 * every level, as AWS attaches it; what else is attached, inputs that don't say it don't count.
 * spec: INPUT-ORG-1
 */
import type { ControlPolicies, ControlPolicy, Declared, DeclaredMember } from './declared.ts';
import { isUnknown } from './unknown-value.ts';

const fullAccess = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

const members = {
  SERVICE_CONTROL_POLICY: 'serviceControlPolicies',
  RESOURCE_CONTROL_POLICY: 'resourceControlPolicies',
} as const;

/** To be called when all inputs are joined: it asks which accounts take part. */
export function declareOrganizations(declared: Declared): void {
  for (const policies of declared.controlPolicies) declareOrganization(policies, declared);
}

function declareOrganization(policies: ControlPolicies, declared: Declared): void {
  const { attached, organizationId, managementAccount } = policies;
  const [first] = attached;
  if (first === undefined) return;
  const origin = first.origin;
  if (organizationId === null) {
    // It lists nobody, so that all of it is unknown.
    declared.organizations.push({ origin, id: 'o-not-known', managementAccount: null, accounts: [] });
    declared.notes.push(
      `${first.address} attaches a policy of an organization whose ID is not known here, so that nothing of it is`,
    );
    return;
  }
  const accounts = [
    ...new Set(
      [...declared.recorders, ...declared.buckets, ...declared.keys, ...declared.topics]
        .map(({ account }) => account)
        .filter((account) => account !== null),
    ),
  ];
  declared.notes.push('FullAWSAccess is attached wherever SCPs are attached');
  declared.organizations.push({
    origin,
    id: organizationId,
    managementAccount,
    accounts: accounts.map((id) => memberOf(id, policies, declared)),
  });
}

function memberOf(account: string, policies: ControlPolicies, declared: Declared): DeclaredMember {
  const above = ancestorsOf(account, policies);
  const known = new Map<string, DeclaredMember['serviceControlPolicies']>();
  for (const [kind, name] of Object.entries(members)) {
    const of = policies.attached.filter((policy) => policy.kind === kind);
    const binding = of.filter((policy) => bindsAccount(policy, above));
    const doubtful = [
      ...of.filter((policy) => bindsAccount(policy, above) === null),
      ...binding.filter(({ document }) => isUnknown(document)),
    ];
    const [doubt] = doubtful;
    if (doubt !== undefined) {
      declared.notes.push(`whether ${doubt.address} binds ${account}, and how, is not known`);
      continue;
    }
    const documents = binding.flatMap(({ document }) => (isUnknown(document) ? [] : [document]));
    known.set(name, kind === 'SERVICE_CONTROL_POLICY' ? [[fullAccess, ...documents]] : [documents]);
  }
  return { id: account, ...Object.fromEntries(known) };
}

interface Ancestors {
  readonly ids: ReadonlySet<string>;
  /** Up to the root: nothing else can be above. */
  readonly isWhole: boolean;
}

function ancestorsOf(account: string, { parents, roots }: ControlPolicies): Ancestors {
  const ids = new Set([account, ...roots]);
  let at = account;
  for (
    let up = parents.get(at);
    up !== undefined && !(ids.has(up) && !roots.includes(up));
    up = parents.get(at)
  ) {
    ids.add(up);
    at = up;
  }
  return { ids, isWhole: at.startsWith('r-') };
}

/** `null`: it may. */
function bindsAccount({ target }: ControlPolicy, { ids, isWhole }: Ancestors): boolean | null {
  if (isUnknown(target)) return null;
  if (ids.has(target)) return true;
  // Another account is another account.
  return /^\d{12}$/.test(target) || isWhole ? false : null;
}
