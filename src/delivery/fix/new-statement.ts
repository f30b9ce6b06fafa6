/** Edits that add a statement for what a step lacks, the same that `sealpost policy` would write. spec: FIX-2 */
import { patchPath } from './patch-path.ts';
import type { StepJudgement } from '../judge.ts';
import type { Identity } from '../plan.ts';
import type { GeneratedPolicy, GeneratedStatement } from '../policies.ts';
import type { SetupPath } from '../../setup/policy-slots.ts';
import { sourceOf, valueAt } from '../../setup/policy-slots.ts';
import {
  accountOf,
  editablePolicy,
  lackingActions,
  neededResource,
  policiesFor,
  type FixView,
} from './fix-view.ts';
import type { PolicyEdit } from './policy-edit.ts';

export function newStatements(step: StepJudgement, identity: Identity, view: FixView): readonly PolicyEdit[] {
  return placesFor(step, identity, view).flatMap(({ path, whose, statement }) => {
    const edit = addition(path, whose, statement, view);
    return edit === null ? [] : [edit];
  });
}

interface Place {
  readonly path: SetupPath;
  /** `the key policy` */
  readonly whose: string;
  readonly statement: GeneratedStatement;
}

function placesFor(step: StepJudgement, identity: Identity, view: FixView): readonly Place[] {
  const { situation } = view;
  const { target } = step.step;
  const isTopicKey = target === 'topic-key';
  const key = isTopicKey ? situation.topicKey : situation.encryptionKey;
  const keyArn = target === 'key' || isTopicKey ? step.request.resource : null;
  const made = policiesFor(view, identity, keyArn);
  const actions = lackingActions(view, identity, target);
  const wanted = actions.includes(step.action) ? actions : [step.action];
  const place = (path: SetupPath | null, whose: string, policy: GeneratedPolicy | null): readonly Place[] => {
    const found = policy?.Statement.find(
      ({ Action, Sid }) => Sid !== 'EnableIAMUserPermissions' && listOf(Action).includes(step.action),
    );
    if (path === null || found === undefined) return [];
    return [{ path, whose, statement: { ...found, Action: oneOrMany(wanted) } }];
  };
  const isBlockedByBoundary = step.decision.reason === 'no-boundary-allow';
  if (isBlockedByBoundary) {
    const path = situation.role.state === 'found' ? [...situation.role.path, 'permissionsBoundary'] : null;
    const isHeld = path !== null && editablePolicy(view, sourceOf(path)) !== null;
    return isHeld
      ? [{ path, whose: "the role's permissions boundary", statement: ownStatement(step, wanted, view) }]
      : [];
  }
  const ofRole = identity === 'role' && target !== 'role' ? rolePlace(view) : null;
  const own: readonly Place[] =
    ofRole === null
      ? []
      : [{ path: ofRole, whose: "the role's policy", statement: ownStatement(step, wanted, view) }];
  switch (target) {
    case 'role':
      return place(
        situation.role.state === 'found' ? [...situation.role.path, 'trustPolicy'] : null,
        "the role's trust policy",
        policiesFor(view, 'role', null).trust,
      );
    case 'key':
    case 'topic-key': {
      const found = 'key' in key ? key.key : null;
      const path = found?.state === 'found' ? [...found.path, 'policy'] : null;
      return [...place(path, 'the key policy', made.key), ...own];
    }
    case 'bucket':
    case 'object': {
      const { bucket } = situation;
      const path = bucket.state === 'found' ? [...bucket.path, 'policy'] : null;
      return [...own, ...place(path, 'the bucket policy', made.bucket)];
    }
    case 'topic': {
      const { topic } = situation;
      const path = topic?.state === 'found' ? [...topic.path, 'policy'] : null;
      return [...own, ...place(path, 'the topic policy', made.topic)];
    }
  }
}

/** For a policy of the role itself. */
function ownStatement(step: StepJudgement, actions: readonly string[], view: FixView): GeneratedStatement {
  const sids = {
    role: 'AWSConfig',
    bucket: 'AWSConfigReadsBucket',
    object: 'AWSConfigWritesFiles',
    key: 'AWSConfigUsesKey',
    topic: 'AWSConfigNotifies',
    'topic-key': 'AWSConfigUsesTopicKey',
  };
  const { target } = step.step;
  return {
    Sid: sids[target],
    Effect: 'Allow',
    Action: oneOrMany(actions),
    Resource: neededResource(view, step),
    ...(target === 'object'
      ? { Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } }
      : {}),
  };
}

/** The role's first inline policy, else the place of a new one; `null` where nothing is known of its policies. */
function rolePlace({ situation: { role } }: FixView): SetupPath | null {
  if (role.state !== 'found' || !Array.isArray(role.entry.policies)) return null;
  return [...role.path, 'policies', 0, 'document'];
}

function addition(
  path: SetupPath,
  whose: string,
  statement: GeneratedStatement,
  view: FixView,
): PolicyEdit | null {
  const target = sourceOf(path);
  const policy = editablePolicy(view, target);
  const actions = listOf(statement.Action)
    .map((action) => `\`${action}\``)
    .join(', ');
  const owner = ownerText(path, view);
  if (policy === null) {
    const isAbsent = valueAt(view.loaded.setup, path) == null;
    if (!isAbsent) return null;
    return {
      target,
      path,
      patch: [{ op: 'add', path: '', value: { Version: '2012-10-17', Statement: [statement] } }],
      summary: `write ${whose}${owner}: allow ${actions}`,
      reluctance: 0.2,
    };
  }
  const sids = new Set(policy.document.statements.map(({ sid }) => sid));
  let sid = statement.Sid;
  for (let count = 2; sids.has(sid); count += 1) sid = `${statement.Sid}${count}`;
  const written = valueAt(view.loaded.setup, [...path, 'Statement']);
  const value = { ...statement, Sid: sid };
  return {
    target,
    path,
    patch: Array.isArray(written)
      ? [{ op: 'add', path: patchPath(['Statement', '-']), value }]
      : [{ op: 'replace', path: patchPath(['Statement']), value: [written, value] }],
    summary: `add a statement to ${whose}${owner}: allow ${actions}`,
    reluctance: 0.1,
  };
}

/** Says whose it is, where that is not the recorder's own account. */
function ownerText(path: SetupPath, { situation, loaded }: FixView): string {
  const entry = valueAt(loaded.setup, path.slice(0, 2));
  if (typeof entry !== 'object' || entry === null) return '';
  const account =
    'arn' in entry && typeof entry.arn === 'string'
      ? accountOf(entry.arn)
      : 'account' in entry && typeof entry.account === 'string'
        ? entry.account
        : situation.recorder.account;
  return account === situation.recorder.account ? '' : ` in the account ${account}`;
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
