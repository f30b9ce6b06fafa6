/**
 * Judges every step of a delivery: asks the engine what the policies say, then whether something stands in the way
 * that no policy can change. Pure.
 * spec: DLV-FALLBACK-2, DLV-SLR-1, DLV-SLR-2
 */
import { parseAccountId } from '../aws/account-id.ts';
import {
  absent,
  present,
  presentList,
  requestContext,
  unknownValue,
  type ContextValue,
  type RequestContext,
} from '../policy/context.ts';
import type { Decision, Outcome } from '../policy/decision.ts';
import { derivedContext } from '../policy/derived-context.ts';
import type { Principal } from '../policy/principal.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import { decisionMessage } from '../explain/message.ts';
import type { CompiledSetup } from '../setup/compile-setup.ts';
import { roleSession } from '../setup/principal-of.ts';
import { obstacles, type Obstacle, type ObstacleCode } from './obstacles.ts';
import { attemptOutcome, phaseOutcome, verdictOf } from './outcomes.ts';
import {
  configServicePrincipal,
  deliveryPlan,
  identities,
  isConfigServiceLinkedRole,
  phases,
  sessionArn,
  sessionName,
  type ContextEntry,
  type DeliveryStep,
  type Identity,
  type PhaseName,
  type Requirement,
} from './plan.ts';
import type { StepReason, Verdict } from './report.ts';
import type { Situation } from './situation.ts';

export interface Judgement {
  readonly situation: Situation;
  readonly verdict: Verdict;
  readonly deliveredAs: Identity | null;
  readonly phases: readonly PhaseJudgement[];
}

export interface PhaseJudgement {
  readonly phase: PhaseName;
  readonly outcome: Outcome;
  readonly deliveredAs: Identity | null;
  readonly attempts: readonly AttemptJudgement[];
}

export interface AttemptJudgement {
  readonly identity: Identity;
  readonly principal: string;
  readonly made: boolean | null;
  readonly outcome: Outcome;
  readonly steps: readonly StepJudgement[];
}

export interface StepJudgement {
  readonly step: DeliveryStep;
  readonly action: string;
  readonly resource: string;
  readonly required: Requirement;
  readonly outcome: Outcome;
  readonly reason: StepReason;
  readonly message: string;
  /** What the policies say, whatever stands in the way. */
  readonly decision: Decision;
  readonly request: AuthorizationRequest;
}

export function judgeDelivery(compiled: CompiledSetup, situation: Situation): Judgement {
  const assumed = judgeAssuming(compiled, situation);
  const judged = phases
    .map((phase) => judgePhase(phase, { assumed, compiled, situation }))
    .filter(({ attempts }) => attempts.some(({ steps }) => steps.length > 0));
  const verdict = verdictOf(judged);
  const delivery = judged.find(({ phase }) => phase === 'delivery');
  return { situation, verdict, deliveredAs: delivery?.deliveredAs ?? null, phases: judged };
}

/** Whether a delivery can act as the role at all. spec: DLV-PLAN-13 */
function judgeAssuming(compiled: CompiledSetup, situation: Situation): StepJudgement | undefined {
  const step = deliveryPlan.find(({ phase, target }) => phase === 'delivery' && target === 'role');
  return step && judgeStep(step, 'role', compiled, situation);
}

function judgePhase(
  phase: PhaseName,
  {
    assumed,
    compiled,
    situation,
  }: {
    readonly assumed: StepJudgement | undefined;
    readonly compiled: CompiledSetup;
    readonly situation: Situation;
  },
): PhaseJudgement {
  const stepsAs = (identity: Identity): readonly StepJudgement[] =>
    folded(
      deliveryPlan
        .filter((step) => step.phase === phase && step.as.includes(identity))
        .filter((step) => step.applies(situation.delivery, identity))
        .map((step) => judgeStep(step, identity, compiled, situation)),
    );
  const asRole = stepsAs('role');
  // The topic is told in a delivery, as the role that was assumed for it: where that fails, it is what is at fault here.
  const isLacking =
    asRole.length > 0 &&
    assumed !== undefined &&
    assumed.outcome !== 'allowed' &&
    !asRole.some(({ step }) => step.target === 'role');
  const steps = {
    role: isLacking ? [assumed, ...asRole] : asRole,
    'service-principal': stepsAs('service-principal'),
  };
  const { outcome, deliveredAs, made } = phaseOutcome(steps.role, steps['service-principal']);
  return {
    phase,
    outcome,
    deliveredAs,
    attempts: identities.map((identity) => ({
      identity,
      principal: identity === 'role' ? sessionArn(situation.delivery.roleArn, phase) : configServicePrincipal,
      made: made[identity],
      outcome: attemptOutcome(steps[identity]),
      steps: steps[identity],
    })),
  };
}

function judgeStep(
  step: DeliveryStep,
  identity: Identity,
  compiled: CompiledSetup,
  situation: Situation,
): StepJudgement {
  const request = requestOf(step, identity, compiled, situation);
  const decision = withoutVainNearMisses(compiled.decide(request), request);
  const common = {
    step,
    action: step.action,
    resource: request.resource,
    required: step.required(situation.delivery),
    decision,
    request,
  };
  const obstacle = obstacleOf(step, identity, decision, situation);
  if (obstacle !== null) return { ...common, ...obstacle };
  return {
    ...common,
    outcome: decision.outcome,
    reason: decision.reason,
    message: messageOf(decision, request),
  };
}

/** spec: DLV-SLR-1 */
function messageOf(decision: Decision, request: AuthorizationRequest): string {
  const { principal, action } = request;
  const isOwnLack = decision.outcome === 'denied' && !decision.reason.endsWith('-explicit-deny');
  if (principal.kind === 'role-session' && isConfigServiceLinkedRole(principal.roleArn) && isOwnLack)
    return `\`${action}\` is denied: the service-linked role's own policy, which is AWS's, does not allow it`;
  return decisionMessage(decision, request);
}

/**
 * Statements that came close to allowing explain nothing where nobody can change them, or where AWS documents that
 * AWS Config does not write as this caller at all.
 */
function withoutVainNearMisses(decision: Decision, { principal }: AuthorizationRequest): Decision {
  const isServiceLinked = principal.kind === 'role-session' && isConfigServiceLinkedRole(principal.roleArn);
  const statements = decision.statements.filter(
    ({ matched, policy }) =>
      matched !== 'no' || !(isServiceLinked || /^arn:[^:]+:iam::aws:policy\//.test(policy.source)),
  );
  const { outcome, reason, layers, unknown } = decision;
  return statements.length === decision.statements.length
    ? decision
    : { outcome, reason, layers, statements, unknown };
}

/** A refusal by policy is told first, as AWS authorises before it looks at the thing itself. */
function obstacleOf(
  step: DeliveryStep,
  identity: Identity,
  decision: Decision,
  situation: Situation,
): { readonly outcome: Outcome; readonly reason: ObstacleCode; readonly message: string } | null {
  for (const [reason, obstacle] of Object.entries(obstacles) as [ObstacleCode, Obstacle][]) {
    if (obstacle.counts === 'over-allow' && decision.outcome !== 'allowed') continue;
    if (obstacle.counts === 'unless-denied' && decision.outcome === 'denied') continue;
    const message = obstacle.meets(situation, step, identity);
    if (message !== null) return { outcome: obstacle.outcome, reason, message };
  }
  return null;
}

/** The request that AWS Config makes, or that S3 or SNS makes for it. */
function requestOf(
  step: DeliveryStep,
  identity: Identity,
  compiled: CompiledSetup,
  situation: Situation,
): AuthorizationRequest {
  const { delivery } = situation;
  const caller = step.caller === 'service-principal' ? 'service-principal' : identity;
  const principal = principalOf(caller, step.phase, delivery.roleArn);
  const owner = ownerOf(step, situation);
  const resourceAccount = owner === null ? null : parseAccountId(owner);
  const organization = 'account' in principal ? compiled.organizationPlace(principal.account) : null;
  const planned = Object.entries(step.context(delivery, identity)).map(
    ([name, entry]) => [name, valueOf(entry)] as const,
  );
  const entries = [
    ...derivedContext(principal, {
      ...(organization === undefined ? {} : { principalOrganization: organization }),
      ...(resourceAccount === null ? {} : { resourceAccount }),
    }),
    ...planned,
  ];
  return {
    principal,
    action: step.action,
    resource: step.resource(delivery),
    resourceAccount,
    context: withUnknownTags(requestContext(entries), caller),
    isForwarded: step.sentBy !== 'worker' && caller === 'role' && step.target !== 'object',
  };
}

function principalOf(caller: Identity, phase: PhaseName, roleArn: string): Principal {
  if (caller === 'service-principal') return { kind: 'service', name: configServicePrincipal };
  const session = roleSession(roleArn, sessionName(phase));
  if (session === null) throw new Error(`invariant broken: ${roleArn} passed the setup's schema as a role`);
  // spec: DLV-SESSION-1
  return { ...session, isSessionNameUncertain: true };
}

function ownerOf({ target }: DeliveryStep, { delivery }: Situation): string | null {
  switch (target) {
    case 'role':
      return delivery.roleArn.split(':')[4] ?? null;
    case 'bucket':
    case 'object':
      return delivery.bucket.account;
    case 'key':
      return delivery.key?.account ?? null;
    case 'topic':
      return delivery.topic?.account ?? null;
    case 'topic-key':
      return delivery.topic?.key?.account ?? null;
  }
}

function valueOf(entry: ContextEntry): ContextValue {
  if (entry === null) return absent;
  if (typeof entry === 'string' || typeof entry === 'boolean') return present(entry);
  return 'unknown' in entry ? unknownValue(entry.unknown) : presentList(entry);
}

/** Tags are no part of a setup: whoever asks for one asks for what was not given. */
function withUnknownTags(context: RequestContext, caller: Identity): RequestContext {
  const families = [
    'aws:resourcetag/',
    's3:buckettag/',
    ...(caller === 'role' ? ['aws:principaltag/', 'kms:resourcealiases'] : []),
  ];
  const notGiven = unknownValue('tags and aliases that may exist were not given');
  return {
    get: (name) => {
      const lower = name.toLowerCase();
      return families.some((family) => lower.startsWith(family)) ? notGiven : context.get(name);
    },
    entries: () => context.entries(),
  };
}

const gravity: Readonly<Record<Outcome, number>> = { allowed: 0, unknown: 1, denied: 2 };

/** One key is used for several files: of equal requests the worst is told, once. */
function folded(steps: readonly StepJudgement[]): readonly StepJudgement[] {
  const worst = new Map<string, StepJudgement>();
  for (const step of steps) {
    const name = `${step.action} ${step.resource}`;
    const known = worst.get(name);
    if (known === undefined || gravity[step.outcome] > gravity[known.outcome]) worst.set(name, step);
  }
  return [...worst.values()];
}
