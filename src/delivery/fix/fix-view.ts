/** What looking for edits needs to know of a setup as it stands. */
import type { PolicyDocument, Statement } from '../../policy/document/policy-document.ts';
import type { LoadedSetup } from '../../setup/loaded-setup.ts';
import type { SetupPath } from '../../setup/policy-slots.ts';
import { parseArn } from '../../aws/arn.ts';
import type { Judgement, StepJudgement } from '../judge.ts';
import { deliveryPlan, type DeliveryStep, type Identity } from '../plan.ts';
import { generatePolicies, type GeneratedPolicies } from '../policies.ts';
import type { Situation } from '../situation.ts';

export interface FixView {
  readonly loaded: LoadedSetup;
  readonly judgement: Judgement;
  readonly situation: Situation;
}

/** A policy that its owner can change: one that stands in the setup, and not one of an organization's. */
export interface EditablePolicy {
  readonly source: string;
  readonly path: SetupPath;
  readonly document: PolicyDocument;
  readonly label: string;
}

export function editablePolicy({ loaded }: FixView, source: string): EditablePolicy | null {
  const found = loaded.policySources.get(source);
  if (found === undefined || source.startsWith('organization')) return null;
  return { source, path: found.slot.path, document: found.document, label: found.label };
}

export function statementAt({ document }: EditablePolicy, pointer: string): Statement | null {
  return document.statements.find((statement) => statement.pointer === pointer) ?? null;
}

/** The actions on the same kind of thing that this identity lacks, in the plan's order. */
export function lackingActions(
  { judgement }: FixView,
  identity: Identity,
  target: DeliveryStep['target'],
): readonly string[] {
  const lacking = new Set(
    judgement.phases
      .flatMap(({ attempts }) => attempts.filter((attempt) => attempt.identity === identity))
      .flatMap(({ steps }) => steps.filter((step) => step.step.target === target && isLacking(step)))
      .map(({ action }) => action),
  );
  return [...new Set(deliveryPlan.map(({ action }) => action))].filter((action) => lacking.has(action));
}

/** Whether a delivery needs what the step was refused. */
export function isLacking({ outcome, required }: StepJudgement): boolean {
  return outcome !== 'allowed' && required !== 'never';
}

/** What a policy has to name for this step: all files of the recorder's account, where the step writes one. */
export function neededResource({ situation: { delivery } }: FixView, step: StepJudgement): string {
  if (step.step.target !== 'object') return step.request.resource;
  const { partition, bucket, prefix, account } = delivery;
  const folder = prefix === null || prefix === '' ? '' : `${literalInPolicy(prefix)}/`;
  return `arn:${partition}:s3:::${bucket.name}/${folder}AWSLogs/${account}/Config/*`;
}

/** The actions that AWS Config takes on things of this kind. */
export function plannedActions(target: DeliveryStep['target']): ReadonlySet<string> {
  const kinds: readonly DeliveryStep['target'][] =
    target === 'object' || target === 'bucket'
      ? ['object', 'bucket']
      : target === 'key' || target === 'topic-key'
        ? ['key', 'topic-key']
        : [target];
  return new Set(
    deliveryPlan.filter((step) => kinds.includes(step.target)).map(({ action }) => action.toLowerCase()),
  );
}

/** What `sealpost policy` would write for this delivery. */
export function policiesFor(
  { situation }: FixView,
  identity: Identity,
  keyArn: string | null,
): GeneratedPolicies {
  const { delivery } = situation;
  return generatePolicies({
    for: identity,
    accounts: [delivery.account],
    regions: [delivery.region],
    bucketName: delivery.bucket.name,
    bucketAccount: delivery.bucket.account ?? '',
    areAclsEnabled: delivery.bucket.areAclsEnabled,
    prefix: delivery.prefix === null ? null : literalInPolicy(delivery.prefix),
    keyArn,
    topicArn: delivery.topic?.arn ?? null,
    organizationId: null,
    role: delivery.roleArn,
    partition: delivery.partition,
  });
}

/**
 * A channel's prefix may hold what has a meaning in policies; as it stands it would let in other folders.
 * spec: FIX-7
 */
function literalInPolicy(prefix: string): string {
  return prefix.replaceAll(/[*?]|\$(?=\{)/g, (char) => `\${${char}}`);
}

export function accountOf(arn: string): string {
  return parseArn(arn)?.account ?? '';
}
