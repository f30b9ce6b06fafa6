/**
 * Edits that make an Allow statement match which came close: what keeps it from matching is put right, element by
 * element. A value that could let in somebody is kept beside the new one; a value that never can is replaced.
 * spec: FIX-2, FIX-3
 */
import { parseArn } from '../../aws/arn.ts';
import { hasWildcard, globOf } from '../../policy/glob.ts';
import type { Mismatch, StatementTrace } from '../../policy/decision.ts';
import type { PatchOperation } from '../../lint/finding.ts';
import { placeholderIn } from '../../lint/rules/placeholder-not-substituted.ts';
import type { Statement } from '../../policy/document/policy-document.ts';
import { valueAt } from '../../setup/policy-slots.ts';
import type { StepJudgement } from '../judge.ts';
import { configServicePrincipal, sourceArn, type Identity } from '../plan.ts';
import {
  editablePolicy,
  lackingActions,
  neededResource,
  plannedActions,
  statementAt,
  type EditablePolicy,
  type FixView,
} from './fix-view.ts';
import { stepsOf, type PolicyEdit } from './policy-edit.ts';

interface Parts {
  readonly step: StepJudgement;
  readonly identity: Identity;
  readonly view: FixView;
  readonly policy: EditablePolicy;
  readonly statement: Statement;
}

/** `null` where the statement can't be mended without letting in more than the delivery. */
export function mendedStatement(
  trace: StatementTrace,
  step: StepJudgement,
  identity: Identity,
  view: FixView,
): PolicyEdit | null {
  if (trace.effect !== 'Allow' || trace.mismatches.length === 0) return null;
  const policy = editablePolicy(view, trace.policy.source);
  const statement = policy === null ? null : statementAt(policy, trace.pointer);
  if (policy === null || statement === null) return null;
  const parts = { step, identity, view, policy, statement };
  const elements = new Set(trace.mismatches.map(({ element }) => element));
  // A statement about another action on another thing is another statement.
  if (elements.has('action') && (elements.has('resource') || elements.has('principal'))) return null;
  if (!elements.has('action') && !isOfPlan(parts)) return null;
  const mends = trace.mismatches.map((mismatch) => mendOf(mismatch, parts));
  const patch = mends.flatMap((mend) => (mend === null ? [] : [mend.operation]));
  if (patch.length < mends.length) return null;
  const name = statement.sid === null ? `the statement at ${statement.pointer}` : `\`${statement.sid}\``;
  return {
    target: policy.source,
    path: policy.path,
    patch,
    summary: `in ${name} of ${policy.label}, ${mends.flatMap((mend) => mend?.words ?? []).join(', and ')}`,
    reluctance: 0,
  };
}

interface Mend {
  readonly operation: PatchOperation;
  readonly words: string;
}

function mendOf(mismatch: Mismatch, parts: Parts): Mend | null {
  switch (mismatch.element) {
    case 'principal':
      return principalMend(parts);
    case 'action':
      return actionMend(parts);
    case 'resource':
      return resourceMend(parts);
    case 'condition':
      return conditionMend(mismatch, parts);
    case 'statement':
      return null;
  }
}

/** Whether AWS Config takes every action that the statement allows: then letting it match lets in no other action. */
function isOfPlan({ statement: { action }, step }: Parts): boolean {
  if (action === null || action.isNegated) return false;
  const planned = plannedActions(step.step.target);
  return action.values.every(({ text }) => planned.has(text.toLowerCase()));
}

function principalMend({ statement: { principal }, identity, view, policy }: Parts): Mend | null {
  if (principal === null || principal.isNegated || identity !== 'role') return null;
  const { roleArn } = view.situation.delivery;
  const texts = principal.entries.filter(({ type }) => type === 'AWS').map(({ text }) => text);
  if (texts.length === 0) return null;
  const kept = texts.filter((text) => !isNobody(text));
  return replacement(policy, `${principal.pointer}/AWS`, texts, [...kept, roleArn], view);
}

/** A principal that names nobody who could exist. */
function isNobody(text: string): boolean {
  if (placeholderIn(text) !== null) return true;
  return !/^(\*|\d{12}|arn:[^:]+:(iam|sts):.*|A[A-Z0-9]{10,})$/.test(text);
}

function actionMend({ statement, step, identity, view, policy }: Parts): Mend | null {
  const { action, principal, resource } = statement;
  if (action === null || action.isNegated) return null;
  const isOurs =
    principal === null ||
    (!principal.isNegated &&
      principal.entries.every(({ type, text }) =>
        identity === 'role' && step.action !== 'sts:AssumeRole'
          ? type === 'AWS' && text === view.situation.delivery.roleArn
          : type === 'Service' && text === configServicePrincipal,
      ));
  if (!isOurs || resource?.isNegated === true) return null;
  const isKeyPolicy = step.decision.layers.length > 0 && policy.path.at(0) === 'keys';
  const needed = neededResource(view, step);
  const root = step.step.target === 'object' ? step.request.resource.split('/').slice(0, 1).join('') : needed;
  const isNarrow = (resource?.values ?? []).every(
    ({ text }) => text.startsWith(root) || (isKeyPolicy && text === '*'),
  );
  if (!isNarrow) return null;
  const lacking = lackingActions(view, identity, step.step.target);
  const added = lacking.includes(step.action) ? lacking : [step.action];
  const texts = action.values.map(({ text }) => text);
  const kept = texts.filter((text) => placeholderIn(text) === null);
  return replacement(policy, action.pointer, texts, [...kept, ...added], view);
}

function resourceMend({ statement: { resource }, step, view, policy }: Parts): Mend | null {
  if (resource === null || resource.isNegated) return null;
  const needed = neededResource(view, step);
  const texts = resource.values.map(({ text }) => text);
  const pattern = globOf(needed);
  const kept = texts.filter((text) => !isInert(text, step, policy, view) && !pattern.matches(text));
  return replacement(policy, resource.pointer, texts, [...kept, needed], view);
}

/** A resource that is none of those that the policy is about, or none at all. */
function isInert(
  text: string,
  { step }: StepJudgement,
  policy: EditablePolicy,
  { situation }: FixView,
): boolean {
  // What the asterisks of the documentation's emphasis stand around is not documented to match.
  if (placeholderIn(text) !== null || text.startsWith('*arn:')) return true;
  const member = policy.path.at(0);
  // A key policy and a topic policy are about this one key or topic: what names another names nothing.
  if (member === 'keys' || member === 'topics') return true;
  if (member !== 'buckets' || hasWildcard(text.split('/')[0] ?? '')) return false;
  const { partition, bucket } = situation.delivery;
  const own = `arn:${partition}:s3:::${bucket.name}`;
  const isAboutBucket = step.target === 'bucket' || step.target === 'object';
  return isAboutBucket && text !== own && !text.startsWith(`${own}/`);
}

/** Operators that compare texts, and that a value more makes match. */
const textOperators = /^(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like))(IfExists)?$/;

function conditionMend(mismatch: Mismatch, { statement, step, view, policy }: Parts): Mend | null {
  const condition = statement.conditions.find(({ pointer }) => pointer === mismatch.pointer);
  if (condition === undefined || !textOperators.test(condition.operator)) return null;
  const key = condition.key.toLowerCase();
  const wanted = wantedValue(key, condition.operator, step, view);
  if (wanted === null) return null;
  const texts = condition.values.map(({ text }) => text);
  const kept = texts.filter((text) => !isImpossible(key, text));
  return replacement(policy, condition.pointer, texts, [...kept, wanted], view, condition.key);
}

/** What AWS Config's requests carry for good, and nobody else's; `null` for a key that says something else. */
function wantedValue(key: string, operator: string, step: StepJudgement, view: FixView): string | null {
  const value = step.request.context.get(key);
  if (value.state !== 'present' || value.values.length !== 1) return null;
  const { delivery } = view.situation;
  switch (key) {
    case 'aws:sourcearn':
      return sourceArn(delivery);
    case 'kms:encryptioncontext:aws:s3:arn':
      if (delivery.bucket.isBucketKeyEnabled) return value.values[0] ?? null;
      if (!/Like/.test(operator)) return null;
      return neededResource(view, { ...step, step: { ...step.step, target: 'object' } });
    case 'aws:sourceaccount':
    case 'aws:sourceorgid':
    case 'aws:principalarn':
    case 'aws:principalservicename':
    case 'kms:calleraccount':
    case 'kms:viaservice':
    case 's3:x-amz-acl':
    case 's3:x-amz-server-side-encryption':
    case 's3:x-amz-server-side-encryption-aws-kms-key-id':
      return value.values[0] ?? null;
    default:
      return null;
  }
}

/** A value that no request carries. */
function isImpossible(key: string, text: string): boolean {
  if (placeholderIn(text) !== null) return true;
  if (hasWildcard(text) || text.includes('${')) {
    if (key !== 'aws:sourcearn') return false;
    const [, , , , account = ''] = text.split(':');
    return account !== '' && !hasWildcard(account) && !/^\d{12}$/.test(account);
  }
  if (key === 'aws:sourceaccount' || key === 'kms:calleraccount') return !/^\d{12}$/.test(text);
  if (key === 'aws:sourcearn' || key === 'aws:principalarn') return parseArn(text) === null;
  return false;
}

/** The list as it is to be, in the place where the old one stands. */
function replacement(
  policy: EditablePolicy,
  pointer: string,
  before: readonly string[],
  wanted: readonly string[],
  view: FixView,
  name = pointer.split('/').at(-1) ?? '',
): Mend {
  const after = [...new Set(wanted)];
  const written = valueAt(valueAt(view.loaded.setup, policy.path), stepsOf(pointer));
  const [only = ''] = after;
  const added = after.filter((text) => !before.includes(text));
  const gone = before.filter((text) => !after.includes(text));
  const words =
    gone.length === 0
      ? `add ${quoted(added)} to ${name}`
      : `write ${quoted(added)} for ${quoted(gone)} as ${name}`;
  // One value more in a list is the smallest edit.
  if (Array.isArray(written) && gone.length === 0 && added.length === 1)
    return { operation: { op: 'add', path: `${pointer}/-`, value: added[0] }, words };
  if (Array.isArray(written) && gone.length === 1 && added.length === 1) {
    const index = (written as readonly unknown[]).indexOf(gone[0]);
    return { operation: { op: 'replace', path: `${pointer}/${index}`, value: added[0] }, words };
  }
  return {
    operation: { op: 'replace', path: pointer, value: after.length === 1 ? only : after },
    words,
  };
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}
