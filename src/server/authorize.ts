/**
 * Asks the policy engine for one permission of one request, with every policy that is stored, and writes the
 * decision down. An outcome that is unknown is a refusal here: the server has no way to answer "maybe".
 * spec: SRV-AUTHZ-1, SRV-AUTHZ-2, SRV-AUTHZ-3, SRV-AUTHZ-4
 */
import { denialBecause } from '../explain/denial-sentence.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import type { PolicyInput, PolicyInputs } from '../policy/policy-inputs.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import type { Caller, ContextEntries, Denial, Permission } from '../services/operation.ts';
import { callerName } from '../policy/caller-name.ts';
import type { DecisionTrail } from './decisions.ts';
import type { MadeDecision } from './invoke.ts';
import type { PolicyCache } from './policy-cache.ts';
import type { AccountPolicies, CallerPolicies, CallerPolicy } from './ports.ts';
import { requestContextOf } from './request-context.ts';
import type { ClientConnection } from './request-context.ts';

/** What the engine is asked about: the request that the permission belongs to. */
export interface AuthorizedRequest {
  readonly requestId: string;
  readonly serviceName: string;
  readonly operationName: string;
  readonly caller: Caller;
  readonly region: string;
  readonly connection: ClientConnection | null;
  /** What the service says of the way in which the request came. */
  readonly arrivalContext: ContextEntries;
}

export interface Judged {
  readonly decision: Decision;
  readonly made: MadeDecision;
  /** What the service needs to say no; only of use where the outcome is not `allowed`. */
  denial(): Denial;
}

export interface Authorizer {
  judge(permission: Permission, request: AuthorizedRequest): Promise<Judged>;
}

export function authorizer(parts: {
  readonly policies: CallerPolicies;
  readonly cache: PolicyCache;
  readonly trail: DecisionTrail;
  readonly nowMillis: () => number;
  readonly newUuid: () => string;
}): Authorizer {
  const { policies, cache, trail, nowMillis, newUuid } = parts;
  return {
    judge: async (permission, request) => {
      const { caller } = request;
      const principalAccount = 'account' in caller.principal ? caller.principal.account : null;
      const [own, callerAccount, resourceAccount] = await Promise.all([
        policies.ofPrincipal(caller.principal),
        principalAccount === null ? noAccount : policies.ofAccount(principalAccount),
        policies.ofAccount(permission.resourceAccount),
      ]);
      const context = requestContextOf({
        ...request,
        permission,
        nowMillis: nowMillis(),
        principalOrganization: callerAccount.organization,
        resourceOrganization: resourceAccount.organization,
      });
      const question: AuthorizationRequest = {
        principal: caller.principal,
        action: permission.action,
        resource: permission.resource,
        resourceAccount: permission.resourceAccount,
        context,
        // spec: SRV-CTX-2
        isForwarded: caller.forwardedBy !== null,
      };
      const compiled = (policy: CallerPolicy, type: PolicyType): PolicyInput => inputOf(policy, type, cache);
      const levels = (
        layer: AccountPolicies['serviceControl'],
        type: PolicyType,
      ): PolicyInputs['serviceControl'] =>
        layer === null ? null : layer.map((level) => level.map((policy) => compiled(policy, type)));
      const { resourcePolicy } = permission;
      const decision = decide(question, {
        identity: own.identity.map((policy) => compiled(policy, 'identity')),
        boundary: own.boundary === null ? null : compiled(own.boundary, 'boundary'),
        session: caller.sessionPolicies?.map((policy) => cache.compiled(policy, 'session')) ?? null,
        resource: resourcePolicy ? cache.compiled(resourcePolicy, resourcePolicyType(permission)) : null,
        grants: permission.grants ?? [],
        serviceControl: levels(callerAccount.serviceControl, 'scp'),
        resourceControl: levels(resourceAccount.resourceControl, 'rcp'),
        vpcEndpoint: null,
      });
      const id = newUuid();
      const { requestId, serviceName: service, operationName: operation } = request;
      const name = callerName(caller.principal);
      trail.add({
        id,
        requestId,
        atMillis: nowMillis(),
        service,
        operation,
        caller: name,
        permission,
        decision,
      });
      return {
        decision,
        made: { id, action: permission.action, resource: permission.resource, outcome: decision.outcome },
        denial: () => ({
          permission,
          caller,
          callerName: name,
          decision,
          because: denialBecause(decision, question),
          isSameAccount: principalAccount === permission.resourceAccount,
          isSameOrganization:
            callerAccount.organization !== null &&
            callerAccount.organization.id === resourceAccount.organization?.id,
        }),
      };
    },
  };
}

const noAccount: AccountPolicies = { organization: null, serviceControl: null, resourceControl: null };

function inputOf(policy: CallerPolicy, type: PolicyType, cache: PolicyCache): PolicyInput {
  if (policy.kind === 'stored') return cache.compiled(policy.policy, type);
  const { arn, label, why } = policy;
  return { kind: 'unknown', source: { source: arn, label, file: null, locate: () => null, arn }, why };
}

/** Which grammar the policy on a resource has. */
function resourcePolicyType({ action }: Permission): PolicyType {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  return resourcePolicyTypes[service] ?? 'resource';
}

const resourcePolicyTypes: Readonly<Record<string, PolicyType>> = {
  kms: 'key',
  s3: 'bucket',
  sns: 'topic',
  sts: 'trust',
};
