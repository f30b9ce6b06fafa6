/** The case files of the engine, read: how their principals, contexts and policies become the engine's. */
import { parseAccountId, type AccountId } from '../../src/aws/account-id.ts';
import {
  absent,
  present,
  presentList,
  requestContext,
  unknownValue,
  type ContextValue,
  type RequestContext,
} from '../../src/policy/context.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import type { PolicySource } from '../../src/policy/decision.ts';
import { parsePolicy } from '../../src/policy/document/parse-policy.ts';
import type { GrantInput, PolicyInput, PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { PolicyType } from '../../src/policy/policy-type.ts';
import type { Principal } from '../../src/policy/principal.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';

export type CaseContext = Readonly<Record<string, CaseValue>>;
export type CaseValue = string | boolean | number | null | readonly string[] | { readonly unknown: string };

export const noPolicies: PolicyInputs = {
  identity: [],
  boundary: null,
  session: null,
  resource: null,
  grants: [],
  serviceControl: null,
  resourceControl: null,
  vpcEndpoint: null,
};

export function accountForTest(text: string): AccountId {
  const account = parseAccountId(text);
  if (account === null) throw new Error(`${text} is no account ID`);
  return account;
}

export const userForTest: Principal = {
  kind: 'user',
  arn: 'arn:aws:iam::111122223333:user/ann',
  account: accountForTest('111122223333'),
  partition: 'aws',
  uniqueId: 'AIDAEXAMPLEANN00000',
};

export function roleForTest(
  roleArn: string,
  overrides: Partial<Extract<Principal, { kind: 'role-session' }>> = {},
): Principal {
  const account = accountForTest(roleArn.split(':')[4] ?? '');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const sessionName = overrides.sessionName ?? 'session';
  return {
    kind: 'role-session',
    account,
    partition: 'aws',
    roleArn,
    sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
    sessionName,
    isSessionNameUncertain: false,
    roleUniqueId: null,
    isServiceLinked: roleArn.includes('/aws-service-role/'),
    ...overrides,
  };
}

export function sourceForTest(source: string): PolicySource {
  return { source, label: source, file: null, locate: () => null };
}

export function compiledForTest(type: PolicyType, document: unknown, source = `${type} policy`): PolicyInput {
  const parsed = parsePolicy(document, { type });
  if (!parsed.ok)
    throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer}: ${message}`).join('; '));
  return { kind: 'policy', policy: compilePolicy(parsed.policy, { type, source: sourceForTest(source) }) };
}

export function caseContext(values: CaseContext, otherwise: ContextValue = absent): RequestContext {
  return requestContext(
    Object.entries(values).map(([name, value]) => [name, caseValue(value)] as const),
    otherwise,
  );
}

function caseValue(value: CaseValue): ContextValue {
  if (value === null) return absent;
  if (typeof value === 'object') return 'unknown' in value ? unknownValue(value.unknown) : presentList(value);
  return present(value);
}

export interface RequestCase {
  readonly name: string;
  readonly request: {
    readonly principal: CasePrincipal;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount: string | null;
    readonly context?: CaseContext;
    readonly contextIsComplete?: boolean;
    readonly isForwarded?: boolean;
  };
  readonly policies: CasePolicies;
  readonly expect: {
    readonly outcome: string;
    readonly reason?: string;
    /** Pointers of the deciding statements, in order. */
    readonly statements?: readonly string[];
    readonly unknown?: readonly string[];
    /** Outcomes of layers, those that the row is about. */
    readonly layers?: Readonly<Record<string, string>>;
  };
}

type CasePrincipal =
  | string
  | { readonly service: string }
  | { readonly federated: string }
  | { readonly federatedUser: string; readonly user: string | null }
  | { readonly user: string; readonly uniqueId: string }
  | {
      readonly role: string;
      readonly session?: string;
      readonly uniqueId?: string;
      readonly isSessionNameUncertain?: boolean;
    };

/** A policy, or `"unknown"`: there is one, and its content was not given. */
type CasePolicy = object | 'unknown';

interface CasePolicies {
  readonly identity?: readonly CasePolicy[];
  readonly boundary?: CasePolicy | null;
  readonly session?: readonly CasePolicy[] | null;
  readonly resource?: { readonly type: PolicyType; readonly document: object } | 'unknown' | null;
  readonly scp?: readonly (readonly CasePolicy[])[] | null;
  readonly rcp?: readonly (readonly CasePolicy[])[] | null;
  readonly vpcEndpoint?: CasePolicy | null;
  readonly grants?: readonly CaseGrant[];
}

interface CaseGrant {
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly retiringPrincipal: string | null;
  readonly issuingAccount?: string;
  readonly constraints?: {
    readonly encryptionContextSubset?: Readonly<Record<string, string>>;
    readonly encryptionContextEquals?: Readonly<Record<string, string>>;
  };
}

export function caseRequest({ request }: RequestCase): AuthorizationRequest {
  const {
    principal,
    action,
    resource,
    resourceAccount,
    context = {},
    contextIsComplete = true,
    isForwarded,
  } = request;
  return {
    principal: casePrincipal(principal),
    action,
    resource,
    resourceAccount: resourceAccount === null ? null : accountForTest(resourceAccount),
    context: caseContext(context, contextIsComplete ? absent : unknownValue('the context is not complete')),
    ...(isForwarded === undefined ? {} : { isForwarded }),
  };
}

export function caseInputs({ policies }: RequestCase): PolicyInputs {
  const {
    identity = [],
    boundary = null,
    session = null,
    resource = null,
    scp = null,
    rcp = null,
    vpcEndpoint = null,
  } = policies;
  const of = (type: PolicyType) => (policy: CasePolicy) => casePolicy(type, policy);
  return {
    identity: identity.map(of('identity')),
    boundary: boundary === null ? null : casePolicy('boundary', boundary),
    session: session?.map(of('session')) ?? null,
    resource:
      resource === null
        ? null
        : resource === 'unknown'
          ? notGiven('resource')
          : compiledForTest(resource.type, resource.document, 'resource'),
    grants: (policies.grants ?? []).map(caseGrant),
    serviceControl: scp?.map((level) => level.map(of('scp'))) ?? null,
    resourceControl: rcp?.map((level) => level.map(of('rcp'))) ?? null,
    vpcEndpoint: vpcEndpoint === null ? null : casePolicy('vpc-endpoint', vpcEndpoint),
  };
}

function casePolicy(type: PolicyType, policy: CasePolicy): PolicyInput {
  return policy === 'unknown' ? notGiven(type) : compiledForTest(type, policy, type);
}

function notGiven(source: string): PolicyInput {
  return { kind: 'unknown', source: sourceForTest(source), why: 'it was not given' };
}

function caseGrant({
  granteePrincipal,
  operations,
  retiringPrincipal,
  issuingAccount,
  constraints,
}: CaseGrant): GrantInput {
  return {
    grantId: 'grant',
    granteePrincipal,
    operations,
    retiringPrincipal,
    issuingAccount: issuingAccount === undefined ? null : accountForTest(issuingAccount),
    encryptionContextSubset: constraints?.encryptionContextSubset ?? null,
    encryptionContextEquals: constraints?.encryptionContextEquals ?? null,
    source: sourceForTest('grant'),
  };
}

function casePrincipal(principal: CasePrincipal): Principal {
  if (principal === 'anonymous') return { kind: 'anonymous' };
  if (typeof principal === 'string') return principalOfArn(principal);
  if ('service' in principal) return { kind: 'service', name: principal.service };
  if ('federated' in principal) return { kind: 'federated', provider: principal.federated };
  if ('federatedUser' in principal) {
    const account = accountForTest(principal.federatedUser.split(':')[4] ?? '');
    return {
      kind: 'federated-user',
      arn: principal.federatedUser,
      account,
      partition: 'aws',
      userArn: principal.user,
    };
  }
  if ('user' in principal) {
    const account = accountForTest(principal.user.split(':')[4] ?? '');
    return { kind: 'user', arn: principal.user, account, partition: 'aws', uniqueId: principal.uniqueId };
  }
  return roleForTest(principal.role, {
    sessionName: principal.session ?? 'session',
    roleUniqueId: principal.uniqueId ?? null,
    isSessionNameUncertain: principal.isSessionNameUncertain ?? false,
  });
}

function principalOfArn(arn: string): Principal {
  const account = accountForTest(arn.split(':')[4] ?? '');
  if (arn.endsWith(':root')) return { kind: 'account-root', account, partition: 'aws' };
  return arn.includes(':role/')
    ? roleForTest(arn)
    : { kind: 'user', arn, account, partition: 'aws', uniqueId: null };
}
