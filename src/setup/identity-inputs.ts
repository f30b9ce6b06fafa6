/**
 * The policies of the caller: its own and its permissions boundary.
 * spec: SETUP-UNKNOWN-1, SETUP-DEFAULT-1, SETUP-SLR-1
 */
import type { PolicyInput, PolicyInputs } from '../policy/policy-inputs.ts';
import type { Principal } from '../policy/principal.ts';
import { serviceLinkedRolePolicyArn } from './aws-policies.ts';
import type { Found, SetupEntries } from './entries.ts';
import { isConfigServiceLinkedRole } from './principal-of.ts';
import type { RoleEntry, Setup, UserEntry } from './schema.ts';
import type { SetupPolicies } from './setup-policies.ts';

export interface SetupParts {
  readonly setup: Setup;
  readonly entries: SetupEntries;
  readonly policies: SetupPolicies;
  /** The service of the action that is judged, in lower case. */
  readonly service: string;
}

type Inputs = Pick<PolicyInputs, 'identity' | 'boundary'>;

/** What the setup holds of the caller's own policies. */
export function identityInputs(principal: Principal, parts: SetupParts): Inputs {
  switch (principal.kind) {
    case 'role-session':
      if (isConfigServiceLinkedRole(principal.roleArn))
        return { identity: serviceLinked(parts), boundary: null };
      return ofEntry(parts.entries.findRole(principal.roleArn), 'role', principal.roleArn, parts);
    case 'user':
      return ofEntry(parts.entries.findUser(principal.arn), 'user', principal.arn, parts);
    case 'federated-user':
      // The user behind the session may be any of the account.
      return principal.userArn === null
        ? notGiven('the user behind the federated session', 'users', parts)
        : ofEntry(parts.entries.findUser(principal.userArn), 'user', principal.userArn, parts);
    case 'account-root':
    case 'service':
    case 'federated':
    case 'anonymous':
      return none;
  }
}

const none: Inputs = { identity: [], boundary: null };

function serviceLinked({ policies, service }: SetupParts): readonly PolicyInput[] {
  const label = "the service-linked role's policy";
  const source = serviceLinkedRolePolicyArn;
  return [policies.managed(serviceLinkedRolePolicyArn, { type: 'identity', source, label, service })];
}

function ofEntry(
  found: Found<RoleEntry | UserEntry>,
  kind: 'role' | 'user',
  arn: string,
  parts: SetupParts,
): Inputs {
  switch (found.state) {
    case 'does-not-exist':
      return none;
    case 'not-given':
      return notGiven(`the ${kind} ${arn}`, `${kind}s`, parts);
    case 'found':
      return {
        identity: [...inline(found, parts), ...managed(found, kind, parts)],
        boundary: boundary(found, kind, parts),
      };
  }
}

function notGiven(what: string, source: string, { policies }: SetupParts): Inputs {
  const unknown = policies.unknown(source, `${what} was not given`);
  return { identity: [unknown], boundary: unknown };
}

type FoundIdentity = Extract<Found<RoleEntry | UserEntry>, { state: 'found' }>;

function inline({ entry, source }: FoundIdentity, { setup, policies }: SetupParts): readonly PolicyInput[] {
  const place = `${source}.policies`;
  if (entry.policies === undefined && setup.complete !== true) {
    return [policies.unknown(place, `the policies of ${entry.arn} were not given`)];
  }
  return (entry.policies ?? []).map((_, i) => policies.at(`${place}[${i}].document`));
}

function managed(
  { entry, source }: FoundIdentity,
  kind: 'role' | 'user',
  { policies, service }: SetupParts,
): readonly PolicyInput[] {
  return (entry.managedPolicies ?? []).map(({ arn, document }, i) => {
    const place = `${source}.managedPolicies[${i}]`;
    if (document !== undefined) return policies.at(`${place}.document`);
    return policies.managed(arn, {
      type: 'identity',
      source: place,
      label: `the ${kind}'s managed policy ${arn}`,
      service,
    });
  });
}

function boundary(
  { entry, source }: FoundIdentity,
  kind: 'role' | 'user',
  { policies, service }: SetupParts,
): PolicyInput | null {
  const { permissionsBoundary } = entry;
  if (permissionsBoundary === undefined || permissionsBoundary === null) return null;
  const place = `${source}.permissionsBoundary`;
  if (typeof permissionsBoundary !== 'string') return policies.at(place);
  const label = `the ${kind}'s permissions boundary ${permissionsBoundary}`;
  return policies.managed(permissionsBoundary, { type: 'boundary', source: place, label, service });
}
