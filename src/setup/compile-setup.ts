/**
 * A setup as something that can be asked: each policy compiled once, and for every request the policies that apply to
 * it, gathered by caller and resource. What was not given goes to the engine as unknown, never as absent.
 * spec: SETUP-UNKNOWN-1, SETUP-UNKNOWN-2, SETUP-ORG-1, SETUP-ORG-2, SETUP-ORG-3, SETUP-SLR-1, SETUP-PUBLIC-1
 */
import { parseArn } from '../aws/arn.ts';
import type { OrganizationPlace } from '../policy/derived-context.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import type { PolicyInput, PolicyInputs } from '../policy/policy-inputs.ts';
import type { Principal } from '../policy/principal.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import { explainDecision, type Explanation } from '../policy/trace.ts';
import { isAwsManagedKeyAlias } from './aws-policies.ts';
import { setupEntries, type SetupEntries } from './entries.ts';
import type { LoadedSetup } from './loaded-setup.ts';
import { membershipOf, type Membership } from './organization-of.ts';
import { identityInputs } from './identity-inputs.ts';
import { resourceInputs } from './resource-inputs.ts';
import {
  isNamedServiceLinkedRole,
  nonexistentDecision,
  publicBucketDecision,
  unsettledDecision,
} from './special-decisions.ts';
import { setupPolicies, type SetupPolicies } from './setup-policies.ts';

/** Policies that come with a request and stand in no setup. */
export interface RequestPolicies {
  /** `null`: the session has none. */
  readonly session?: readonly PolicyInput[] | null;
  /** `null`: the request came through no VPC endpoint. */
  readonly vpcEndpoint?: PolicyInput | null;
}

/** A setup that answers. Immutable to whoever asks, and good for any number of requests. */
export interface CompiledSetup extends SetupEntries {
  readonly loaded: LoadedSetup;
  readonly policies: SetupPolicies;
  /** The decision on one request by the policies of this setup. */
  decide(request: AuthorizationRequest, extra?: RequestPolicies): Decision;
  /** Everything that was compared for one request; its outcome is that of `decide`. */
  explain(request: AuthorizationRequest, extra?: RequestPolicies): Explanation;
  /** What is known of the account's organization. */
  membershipOf(account: string): Membership;
  /** The same for context keys: `undefined`: not known; `null`: the account is in none. */
  organizationPlace(account: string): OrganizationPlace | null | undefined;
}

/**
 * Compiles a setup. Cheap: a policy is compiled when the first request needs it.
 *
 * @param loaded from `readSetupText` or `setupFromValue`
 */
export function compileSetup(loaded: LoadedSetup): CompiledSetup {
  const { setup } = loaded;
  const entries = setupEntries(setup);
  const policies = setupPolicies(loaded);
  const gather = (request: AuthorizationRequest): PolicyInputs => {
    const service = request.action.slice(0, Math.max(0, request.action.indexOf(':'))).toLowerCase();
    const parts = { setup, entries, policies, service };
    return {
      ...identityInputs(request.principal, parts),
      ...resourceInputs(request, parts),
      serviceControl: serviceControl(request),
      resourceControl: resourceControl(request),
      session: null,
      vpcEndpoint: null,
    };
  };
  const gathered = new Map<string, PolicyInputs>();
  const inputsFor = (request: AuthorizationRequest, extra: RequestPolicies): PolicyInputs => {
    const { principal, action, resource, resourceAccount } = request;
    const name = `${principalName(principal)} ${action} ${resourceAccount ?? ''} ${resource}`;
    let inputs = gathered.get(name);
    if (inputs === undefined) {
      inputs = gather(request);
      if (gathered.size >= gatheredMax) gathered.clear();
      gathered.set(name, inputs);
    }
    if (extra.session == null && extra.vpcEndpoint == null) return inputs;
    return { ...inputs, session: extra.session ?? null, vpcEndpoint: extra.vpcEndpoint ?? null };
  };

  function serviceControl({ principal }: AuthorizationRequest): PolicyInputs['serviceControl'] {
    return 'account' in principal ? levelsOf(principal.account, 'serviceControlPolicies') : null;
  }

  function resourceControl({
    resource,
    resourceAccount,
  }: AuthorizationRequest): PolicyInputs['resourceControl'] {
    // AWS managed keys are out of the reach of RCPs. spec: SETUP-KEY-2
    const arn = parseArn(resource);
    if (arn !== null && isAwsManagedKeyAlias(arn)) return null;
    if (resourceAccount !== null) return levelsOf(resourceAccount, 'resourceControlPolicies');
    const { organization } = setup;
    if (organization === undefined || organization === null) return null;
    return [[policies.unknown('organization', `the account that owns ${resource} was not given`)]];
  }

  function levelsOf(
    account: string,
    member: 'serviceControlPolicies' | 'resourceControlPolicies',
  ): readonly (readonly PolicyInput[])[] | null {
    const membership = membershipOf(setup, account);
    switch (membership.state) {
      case 'none':
      case 'not-given':
        return null;
      case 'not-listed':
        return [
          [
            policies.unknown(
              'organization.accounts',
              `the organization does not list the account ${account}`,
            ),
          ],
        ];
      case 'member': {
        if (membership.isManagement) return null;
        const levels = membership.entry?.[member];
        const source = `organization.accounts[${membership.index}].${member}`;
        if (levels === undefined) {
          return setup.complete === true
            ? null
            : [[policies.unknown(source, `the ${member} of the account ${account} were not given`)]];
        }
        if (levels.length === 0) return null;
        return levels.map((level, i) => level.map((_, j) => policies.at(`${source}[${i}][${j}]`)));
      }
    }
  }

  const decisionOf = (request: AuthorizationRequest, inputs: PolicyInputs): Decision => {
    const decision = publicBucketDecision(decide(request, inputs), request, inputs, { setup, entries });
    return isNamedServiceLinkedRole(request, inputs) ? unsettledDecision(decision, request) : decision;
  };

  return {
    ...entries,
    loaded,
    policies,
    decide: (request, extra = {}) =>
      nonexistentDecision(request, entries) ?? decisionOf(request, inputsFor(request, extra)),
    explain: (request, extra = {}) => {
      const missing = nonexistentDecision(request, entries);
      if (missing !== null) return { ...missing, layers: [] };
      const inputs = inputsFor(request, extra);
      const { outcome, reason } = decisionOf(request, inputs);
      // The engine's replay shows what was compared; what was decided may be more than the engine knows.
      return {
        ...explainDecision(request, inputs),
        outcome,
        reason: outcome === 'unknown' ? null : reason,
      };
    },
    membershipOf: (account) => membershipOf(setup, account),
    organizationPlace: (account) => {
      const membership = membershipOf(setup, account);
      switch (membership.state) {
        case 'none':
          return null;
        case 'not-given':
        case 'not-listed':
          return undefined;
        case 'member':
          return { id: membership.organization.id, path: membership.entry?.path ?? null };
      }
    },
  };
}

/** So many gatherings are remembered: a delivery asks a dozen questions again and again. */
const gatheredMax = 256;

/** Tells apart callers whose policies differ. */
function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'role-session':
      return principal.roleArn;
    case 'user':
      return principal.arn;
    case 'federated-user':
      return `${principal.arn} ${principal.userArn ?? ''}`;
    case 'account-root':
      return principal.account;
    case 'service':
    case 'federated':
    case 'anonymous':
      // None of them has policies of its own.
      return '';
  }
}
