/** The case files of the engine, read: how their principals, contexts and policies become the engine's. */
import { parseAccountId, type AccountId } from '../../src/aws/account-id.ts';
import { absent, present, presentList, requestContext, unknownValue, type ContextValue, type RequestContext } from '../../src/policy/context.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import type { PolicySource } from '../../src/policy/decision.ts';
import { parsePolicy } from '../../src/policy/document/parse-policy.ts';
import type { PolicyInput, PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { PolicyType } from '../../src/policy/policy-type.ts';
import type { Principal } from '../../src/policy/principal.ts';

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

export function roleForTest(roleArn: string, overrides: Partial<Extract<Principal, { kind: 'role-session' }>> = {}): Principal {
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
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer}: ${message}`).join('; '));
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
