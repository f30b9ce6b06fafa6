/**
 * One request as `sealpost evaluate` takes it, made ready for the engine: who calls, whose the resource is, and every
 * context key that follows from the two and from the setup.
 * spec: SETUP-EVAL-1, SETUP-EVAL-2, SETUP-EVAL-3, SETUP-EVAL-4
 */
import { parseAccountId, type AccountId } from '../aws/account-id.ts';
import { parseArn } from '../aws/arn.ts';
import { compilePolicy } from '../policy/compile.ts';
import {
  absent,
  present,
  presentList,
  requestContext,
  unknownValue,
  type ContextValue,
} from '../policy/context.ts';
import { derivedContext, type DerivedEntry } from '../policy/derived-context.ts';
import type { Fault } from '../policy/document/fault.ts';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import type { PolicyInput } from '../policy/policy-inputs.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import type { Principal } from '../policy/principal.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import type { CompiledSetup, RequestPolicies } from './compile-setup.ts';
import { pointerOf, sourceOf, type SetupPath } from './policy-slots.ts';
import { principalOf } from './principal-of.ts';
import { bucketOf } from './resource-inputs.ts';
import { checkAgainst, faultAt, type LocatedValue } from './schema-faults.ts';
import { evaluationRequestSchema, type EvaluationRequest } from './schema.ts';

export interface PreparedRequest {
  readonly request: AuthorizationRequest;
  readonly policies: RequestPolicies;
}

export type PrepareRequest =
  | { readonly ok: true; readonly prepared: PreparedRequest }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface EvaluationOptions {
  /** The moment of the request, for `aws:CurrentTime` and `aws:EpochTime`; unknown unless given. */
  readonly at?: Date;
}

/** Checks `document` and makes it a request to the engine. Never throws. */
export function prepareRequest(
  compiled: CompiledSetup,
  document: LocatedValue,
  options: EvaluationOptions = {},
): PrepareRequest {
  const checked = checkAgainst(evaluationRequestSchema, document, 'the request');
  if (!checked.ok) return checked;
  const given: EvaluationRequest = checked.value;
  const roleArns = (compiled.loaded.setup.roles ?? []).map(({ arn }) => arn);
  const principal = principalOf(given.principal, roleArns);
  const policies = requestPolicies(given, document);
  const faults = [...(principal === null ? [noPrincipal(document, given)] : []), ...policies.faults];
  if (principal === null || faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    prepared: {
      request: authorizationRequest(compiled, principal, given, options),
      policies: policies.policies,
    },
  };
}

function noPrincipal(document: LocatedValue, { principal }: EvaluationRequest): Fault {
  return faultAt(document, ['principal'], {
    code: 'not-a-principal',
    message: `\`${typeof principal === 'string' ? principal : 'principal'}\` names nobody who can make a request`,
    next: 'write the ARN of a user, a role, a session or an account root, `anonymous`, or { "service": "..." }',
  });
}

function authorizationRequest(
  compiled: CompiledSetup,
  principal: Principal,
  given: EvaluationRequest,
  options: EvaluationOptions,
): AuthorizationRequest {
  const resource = resolvedKey(compiled, given);
  const resourceAccount = ownerOf(compiled, principal, given, resource);
  const entries = [
    ...derivedContext(principal, contextFacts(compiled, principal, resource, resourceAccount, options)),
    ...serviceEntries(compiled, principal, given, resource, resourceAccount),
    ...givenEntries(given),
  ];
  const otherwise =
    given.contextIsComplete === false ? unknownValue('the context was not given completely') : absent;
  const context = requestContext(entries, otherwise);
  return {
    principal,
    action: given.action,
    resource,
    resourceAccount,
    context,
    isForwarded: isForwarded(given),
  };
}

function givenEntries({ context = {} }: EvaluationRequest): readonly DerivedEntry[] {
  return Object.entries(context).map(([name, value]): DerivedEntry => {
    if (value === null) return [name, absent];
    return [name, typeof value === 'object' ? presentList(value.map(String)) : present(value)];
  });
}

/** An alias in place of a key means the key behind it, except where the alias itself is what is acted on. */
function resolvedKey(compiled: CompiledSetup, { action, resource }: EvaluationRequest): string {
  const arn = parseArn(resource);
  if (arn?.service !== 'kms' || !arn.resource.startsWith('alias/') || /alias$/i.test(action)) return resource;
  const found = compiled.findKey(resource, arn.account, arn.region);
  return found.state === 'found' ? found.entry.arn : resource;
}

function ownerOf(
  compiled: CompiledSetup,
  principal: Principal,
  given: EvaluationRequest,
  resource: string,
): AccountId | null {
  const arn = parseArn(resource);
  if (arn === null)
    return parseAccountId(given.resourceAccount ?? '') ?? ('account' in principal ? principal.account : null);
  // What the ARN says is a fact, then what the setup says; S3's ARNs say nothing.
  if (arn.account !== '') return parseAccountId(arn.account);
  const bucket = bucketOf(arn);
  const found = bucket === null ? compiled.findResource(resource) : compiled.findBucket(bucket);
  const account = found.state === 'found' ? found.entry.account : undefined;
  return parseAccountId(account ?? given.resourceAccount ?? '');
}

function contextFacts(
  compiled: CompiledSetup,
  principal: Principal,
  resource: string,
  resourceAccount: AccountId | null,
  { at }: EvaluationOptions,
): Parameters<typeof derivedContext>[1] {
  const principalOrganization = 'account' in principal ? compiled.organizationPlace(principal.account) : null;
  const resourceOrganization =
    resourceAccount === null ? undefined : compiled.organizationPlace(resourceAccount);
  const requestedRegion = regionOf(compiled, resource);
  return {
    ...(principalOrganization !== undefined && { principalOrganization }),
    ...(resourceAccount !== null && { resourceAccount }),
    ...(resourceOrganization !== undefined && { resourceOrganization }),
    ...(requestedRegion !== null && { requestedRegion }),
    // AWS's clients call over TLS unless told otherwise. spec: SETUP-EVAL-4
    isSecureTransport: true,
    ...(at !== undefined && { nowMillis: at.getTime() }),
  };
}

/** The Region of the endpoint that a request about this resource goes to; `null` where the ARN does not say it. */
function regionOf(compiled: CompiledSetup, resource: string): string | null {
  const arn = parseArn(resource);
  if (arn === null) return null;
  if (arn.region !== '') return arn.region;
  const bucket = bucketOf(arn);
  if (bucket === null) return null;
  const found = compiled.findBucket(bucket);
  if (found.state !== 'found') return null;
  return found.entry.region ?? compiled.loaded.setup.recorder?.region ?? null;
}

/** Keys that KMS, S3 and calls on behalf of others add, as far as they follow from what is given. */
function serviceEntries(
  compiled: CompiledSetup,
  principal: Principal,
  given: EvaluationRequest,
  resource: string,
  resourceAccount: AccountId | null,
): readonly DerivedEntry[] {
  const service = given.action.slice(0, given.action.indexOf(':')).toLowerCase();
  return [
    ...(service === 'kms' ? keyEntries(compiled, principal, given, resource) : []),
    ...(service === 's3' && resourceAccount !== null
      ? [['s3:ResourceAccount', present(resourceAccount)] as const]
      : []),
    ...sourceEntries(compiled, principal, given),
    ...(isForwarded(given) ? forwardedEntries : []),
  ];
}

const forwardedEntries: readonly DerivedEntry[] = [
  ['aws:ViaAWSService', present(true)],
  ['aws:CalledVia', unknownValue('which services called was not given')],
  ['aws:CalledViaFirst', unknownValue('which services called was not given')],
  ['aws:CalledViaLast', unknownValue('which services called was not given')],
];

// spec: SETUP-EVAL-3
function keyEntries(
  compiled: CompiledSetup,
  principal: Principal,
  given: EvaluationRequest,
  resource: string,
): readonly DerivedEntry[] {
  const undocumented = unknownValue('AWS does not document it for service principals');
  const ofService = principal.kind === 'service';
  const arn = parseArn(resource);
  const key = arn === null ? null : compiled.findKey(resource, arn.account, arn.region);
  const aliases = key?.state === 'found' ? (key.entry.aliases ?? []) : [];
  const encryptionContext = Object.entries(given.context ?? {}).flatMap(([name, value]) =>
    name.toLowerCase().startsWith('kms:encryptioncontext:') && value !== null
      ? [name.slice('kms:encryptioncontext:'.length)]
      : [],
  );
  const isIncomplete = given.contextIsComplete === false;
  const listOrAbsent = (values: readonly string[]): ContextValue =>
    values.length === 0 ? absent : presentList(values);
  return [
    [
      'kms:CallerAccount',
      ofService ? undocumented : 'account' in principal ? present(principal.account) : absent,
    ],
    ...(ofService ? [['kms:ViaService', undocumented] as const] : []),
    ...(resource === given.resource
      ? []
      : [['kms:RequestAlias', present(parseArn(given.resource)?.resource ?? '')] as const]),
    ['kms:ResourceAliases', listOrAbsent(aliases)],
    ...(isIncomplete ? [] : [['kms:EncryptionContextKeys', listOrAbsent(encryptionContext)] as const]),
  ];
}

/** The organization of the account on whose behalf a service calls. */
function sourceEntries(
  compiled: CompiledSetup,
  principal: Principal,
  { context = {} }: EvaluationRequest,
): readonly DerivedEntry[] {
  if (principal.kind !== 'service') return [];
  const account = Object.entries(context).find(([name]) => name.toLowerCase() === 'aws:sourceaccount')?.[1];
  if (typeof account !== 'string') return [];
  const place = compiled.organizationPlace(account);
  if (place === null) return [];
  const unknown = unknownValue(`whether the account ${account} is in an organization was not given`);
  if (place === undefined)
    return [
      ['aws:SourceOrgID', unknown],
      ['aws:SourceOrgPaths', unknown],
    ];
  const path = unknownValue(`the path of the account ${account} was not given`);
  return [
    ['aws:SourceOrgID', present(place.id)],
    ['aws:SourceOrgPaths', place.path === null ? path : presentList([place.path])],
  ];
}

/** Whether an AWS service makes the request with the caller's credentials. spec: SETUP-EVAL-3 */
function isForwarded({ principal, context = {} }: EvaluationRequest): boolean {
  if (typeof principal !== 'string') return false;
  return Object.entries(context).some(([name, value]) => {
    const key = name.toLowerCase();
    return (
      (key === 'kms:viaservice' && value !== null) ||
      (key === 'aws:viaawsservice' && String(value) === 'true')
    );
  });
}

function requestPolicies(
  { sessionPolicies, vpcEndpointPolicy }: EvaluationRequest,
  document: LocatedValue,
): { readonly policies: RequestPolicies; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const compile = (value: unknown, type: PolicyType, path: SetupPath, label: string): PolicyInput | null => {
    const at = pointerOf(path);
    const { file } = document;
    const parsed = parsePolicy(value, { type, at, file, locate: (pointer) => document.locate(pointer) });
    if (!parsed.ok) {
      faults.push(...parsed.faults);
      return null;
    }
    const locate = (pointer: string) => document.locate(at + pointer);
    const source = { source: sourceOf(path), label, file, locate };
    return { kind: 'policy', policy: compilePolicy(parsed.policy, { type, source }) };
  };
  const session = (sessionPolicies ?? []).flatMap((policy, i) => {
    return compile(policy, 'session', ['sessionPolicies', i], 'the session policy') ?? [];
  });
  const vpcEndpoint =
    vpcEndpointPolicy === null || vpcEndpointPolicy === undefined
      ? null
      : compile(vpcEndpointPolicy, 'vpc-endpoint', ['vpcEndpointPolicy'], 'the VPC endpoint policy');
  return { policies: { session: sessionPolicies == null ? null : session, vpcEndpoint }, faults };
}
