/**
 * The layers of policy that judge a request, in the order in which their denials are told. Each is one entry; the
 * combiner in decide.ts, the explanation and the report fold this list.
 * spec: IAM-EVAL-1, IAM-EVAL-3, IAM-EVAL-4, IAM-EVAL-5
 */
import type { LayerName, LayerOutcome } from './decision.ts';
import { grantReach } from './grant.ts';
import { both, either, maybe, no, yes, agreed, type Match } from './match.ts';
import type { PolicyInput, PolicyInputs } from './policy-inputs.ts';
import { isServiceLinked } from './principal.ts';
import type { Question } from './question.ts';
import { anyWay, joined, nobody, perhapsAnybody, reachBy, type Reach } from './reach.ts';
import type { ReasonCode } from './reasons.ts';
import { resourceControlServices } from '../aws/resource-control-services.ts';

/** What one layer says about a request. */
export interface LayerFinding {
  readonly deny: Match;
  readonly allow: Reach;
}

export interface PolicyLayer {
  readonly name: LayerName;
  /** Why the layer says nothing about this request, in words; `null`: it does say something. */
  exemption(question: Question, inputs: PolicyInputs): string | null;
  /** Its policies, by level: each level is judged by all of its policies together. */
  levels(inputs: PolicyInputs): readonly (readonly PolicyInput[])[];
  judge(question: Question, inputs: PolicyInputs): LayerFinding;
  readonly explicitDeny: ReasonCode | null;
  readonly noAllow: ReasonCode | null;
  /** Without its Allow nothing is allowed, whatever else allows. */
  readonly mustAllow: boolean;
}

export const policyLayers: readonly PolicyLayer[] = [
  {
    name: 'scp',
    exemption: scpExemption,
    levels: serviceControlLevels,
    // Every level from root to account must allow. spec: IAM-SCP-1
    judge: (question, inputs) => everyLevel(serviceControlLevels(inputs), question),
    explicitDeny: 'scp-explicit-deny',
    noAllow: 'no-scp-allow',
    mustAllow: true,
  },
  {
    name: 'rcp',
    exemption: rcpExemption,
    levels: resourceControlLevels,
    // AWS attaches RCPFullAWSAccess everywhere, so only denials count. spec: IAM-RCP-1
    judge: (question, inputs) => {
      let deny: Match = no;
      for (const level of resourceControlLevels(inputs)) deny = either(deny, judgeAll(level, question).deny);
      return { deny, allow: anybody };
    },
    explicitDeny: 'rcp-explicit-deny',
    noAllow: null,
    mustAllow: false,
  },
  {
    name: 'vpc-endpoint',
    exemption: vpcEndpointExemption,
    levels: ({ vpcEndpoint }) => one(vpcEndpoint),
    judge: (question, { vpcEndpoint }) => judgeOnly(vpcEndpoint, question),
    explicitDeny: 'vpc-endpoint-explicit-deny',
    noAllow: 'no-vpc-endpoint-allow',
    mustAllow: true,
  },
  {
    name: 'resource',
    exemption: resourceExemption,
    levels: ({ resource }) => one(resource),
    judge: judgeResource,
    explicitDeny: 'resource-policy-explicit-deny',
    noAllow: 'no-resource-policy-allow',
    mustAllow: false,
  },
  {
    name: 'identity',
    exemption: identityExemption,
    levels: ({ identity }) => [identity],
    judge: (question, { identity }) => judgeAll(identity, question),
    explicitDeny: 'identity-explicit-deny',
    noAllow: 'no-identity-allow',
    mustAllow: false,
  },
  {
    name: 'boundary',
    exemption: (question, inputs) =>
      boundaryExemption(question) ??
      (inputs.boundary === null ? 'the caller has no permissions boundary' : null),
    levels: ({ boundary }) => one(boundary),
    judge: (question, { boundary }) => judgeOnly(boundary, question),
    explicitDeny: 'boundary-explicit-deny',
    noAllow: 'no-boundary-allow',
    mustAllow: false,
  },
  {
    name: 'session',
    exemption: sessionExemption,
    levels: ({ session }) => (session ?? []).map((policy) => [policy]),
    judge: judgeSession,
    explicitDeny: 'session-explicit-deny',
    noAllow: 'no-session-allow',
    mustAllow: false,
  },
  {
    name: 'grant',
    exemption: ({ service }, { grants }) =>
      service !== 'kms' || grants.length === 0 ? 'the key has no grants' : null,
    levels: () => [],
    // spec: IAM-GRANT-1
    judge: (question, { grants }) => {
      let allow = nobody;
      for (const grant of grants) allow = joined(allow, grantReach(grant, question));
      return { deny: no, allow };
    },
    explicitDeny: null,
    noAllow: null,
    mustAllow: false,
  },
];

/** What a report calls a finding. */
export function layerOutcome(finding: LayerFinding, allows: Match): LayerOutcome {
  if (finding.deny === yes) return 'explicit-deny';
  if (finding.deny === maybe || allows === maybe) return 'unknown';
  return allows === yes ? 'allow' : 'implicit-deny';
}

const anybody = reachBy('everyone', yes);
const silent: LayerFinding = { deny: no, allow: nobody };
const notGiven: LayerFinding = { deny: maybe, allow: perhapsAnybody };

/** Policies that are judged together: any Deny denies, any Allow allows. */
export function judgeAll(policies: readonly PolicyInput[], question: Question): LayerFinding {
  const [only] = policies;
  if (only === undefined) return silent;
  if (policies.length === 1) return judgeOne(only, question);
  let deny: Match = no;
  let allow = nobody;
  for (const policy of policies) {
    const finding = judgeOne(policy, question);
    deny = either(deny, finding.deny);
    allow = joined(allow, finding.allow);
  }
  return { deny, allow };
}

function judgeOnly(input: PolicyInput | null, question: Question): LayerFinding {
  return input === null ? silent : judgeOne(input, question);
}

function judgeOne(input: PolicyInput, question: Question): LayerFinding {
  if (input.kind === 'unknown') return notGiven;
  const { allow, deny } = input.policy.candidates(question.action);
  return {
    deny: anyWay(deny.reach(question)),
    allow: allow.reach(question),
  };
}

function everyLevel(levels: readonly (readonly PolicyInput[])[], question: Question): LayerFinding {
  let deny: Match = no;
  let allow: Match = yes;
  for (const level of levels) {
    const finding = judgeAll(level, question);
    deny = either(deny, finding.deny);
    allow = both(allow, anyWay(finding.allow));
  }
  return { deny, allow: reachBy('direct', allow) };
}

/**
 * The root user of the bucket's account can always mend a bucket policy, even one that denies everything.
 * spec: IAM-S3-1
 */
function judgeResource(question: Question, { resource }: PolicyInputs): LayerFinding {
  const finding = judgeOnly(resource, question);
  if (question.principal.kind !== 'account-root' || !bucketPolicyActions.has(question.action.toLowerCase()))
    return finding;
  // Certain only where the bucket is surely the caller's own; a denial is certain only where it surely is not.
  const { isSameAccount } = question;
  const deny = isSameAccount === yes ? no : isSameAccount === no ? finding.deny : both(finding.deny, maybe);
  return { deny, allow: finding.allow };
}

const bucketPolicyActions: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
]);

/**
 * All session policies of one session. That each of them alone allows is enough in any reading; where only some do,
 * AWS does not say whether they are joined. spec: IAM-SESSION-1, IAM-SESSION-2, IAM-SESSION-3
 */
function judgeSession(question: Question, { session }: PolicyInputs): LayerFinding {
  // A federated user without a session policy has no rights of its own. spec: IAM-SESSION-2
  if (session === null || session.length === 0) return silent;
  let deny: Match = no;
  let every: Match = yes;
  let some: Match = no;
  for (const policy of session) {
    const finding = judgeOne(policy, question);
    const allows = anyWay(finding.allow);
    deny = either(deny, finding.deny);
    every = both(every, allows);
    some = either(some, allows);
  }
  return { deny, allow: reachBy('direct', agreed(every, some)) };
}

function serviceControlLevels({ serviceControl }: PolicyInputs): readonly (readonly PolicyInput[])[] {
  return serviceControl ?? [];
}

function resourceControlLevels({ resourceControl }: PolicyInputs): readonly (readonly PolicyInput[])[] {
  return resourceControl ?? [];
}

function one(input: PolicyInput | null): readonly (readonly PolicyInput[])[] {
  return input === null ? [] : [[input]];
}

// spec: IAM-SCP-2, IAM-SCP-3, IAM-SLR-1
function scpExemption({ principal }: Question, { serviceControl }: PolicyInputs): string | null {
  if (principal.kind === 'service') return 'SCPs do not apply to service principals';
  if (!('account' in principal)) return 'SCPs do not apply to callers outside of any account';
  if (isServiceLinked(principal)) return 'SCPs do not apply to service-linked roles';
  return serviceControl === null || serviceControl.length === 0
    ? "no SCPs apply to the caller's account"
    : null;
}

// spec: IAM-GRANT-5
function resourceExemption({ action }: Question, { resource }: PolicyInputs): string | null {
  if (resource === null) return 'the resource has no policy';
  return action.toLowerCase() === 'kms:retiregrant' ? 'a key policy has no effect on kms:RetireGrant' : null;
}

// spec: IAM-RCP-2, IAM-RCP-3, IAM-SLR-1
function rcpExemption(
  { principal, service, action }: Question,
  { resourceControl }: PolicyInputs,
): string | null {
  if (resourceControl === null) return "no RCPs apply to the resource's account";
  if (isServiceLinked(principal)) return 'RCPs do not apply to service-linked roles';
  if (!resourceControlServices.has(service)) return `RCPs do not apply to ${service}`;
  return action.toLowerCase() === 'kms:retiregrant' ? 'RCPs do not restrict kms:RetireGrant' : null;
}

// spec: IAM-VPCE-1, IAM-FAS-1
function vpcEndpointExemption(
  { principal, isForwarded }: Question,
  { vpcEndpoint }: PolicyInputs,
): string | null {
  if (vpcEndpoint === null) return 'the request came through no VPC endpoint';
  if (principal.kind === 'service')
    return 'a service principal does not call through a VPC endpoint of yours';
  if (isServiceLinked(principal))
    return 'a service-linked role does not call through a VPC endpoint of yours';
  return isForwarded ? 'a service that calls with your credentials does not pass your VPC endpoint' : null;
}

// spec: IAM-CALLER-1
function identityExemption({ principal }: Question): string | null {
  if (principal.kind === 'account-root')
    return 'the root user has no identity policies: it may do everything in its account';
  if (principal.kind === 'service') return 'a service principal has no identity policies';
  return 'account' in principal ? null : 'a caller outside of any account has no identity policies';
}

function boundaryExemption(question: Question): string | null {
  if (identityExemption(question) !== null) return 'this kind of caller has no permissions boundary';
  return isServiceLinked(question.principal) ? 'a service-linked role has no permissions boundary' : null;
}

function sessionExemption({ principal }: Question, { session }: PolicyInputs): string | null {
  if (principal.kind === 'federated-user') return null;
  if (principal.kind !== 'role-session') return 'the caller is no session';
  return session === null || session.length === 0 ? 'the session has no session policy' : null;
}
