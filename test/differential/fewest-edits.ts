/**
 * How few edits it takes at least, found without looking for a fix. How few policies must change at least for a setup to deliver, found without looking for a fix: whatever an edit of a
 * policy may be, it can't allow more than a policy that allows AWS Config everything and denies nothing. So if no choice
 * of N policies, each replaced by such a one, makes the setup deliver, every fix changes more than N. In the same way one
 * edit of one statement can do no more than its element that allows everything of one kind (the bucket, its files, the key,
 * the topic), or than the statement gone that denies.
 */
import { judge } from '../../src/delivery/check.ts';
import type { SmallestFix } from '../../src/delivery/report.ts';
import { compileSetup } from '../../src/setup/compile-setup.ts';
import { patched } from '../../src/delivery/fix/policy-edit.ts';
import { setupFromValue, type LoadedSetup } from '../../src/setup/loaded-setup.ts';
import { pointerOf, policySlots } from '../../src/setup/policy-slots.ts';

const at = new Date('2026-03-07T09:15:00Z');
const documentsMax = 4;

/** The edits of a fix as they are counted here: a policy that is new is as many as it has statements. */
export function editsOf({ changes }: SmallestFix): number {
  const counts = changes.flatMap(({ patch }) =>
    patch.map((operation) =>
      operation.op !== 'remove' && operation.path === ''
        ? [(operation.value as { readonly Statement: unknown }).Statement].flat().length
        : 1,
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** No fix of the setup's policies has fewer edits than this; `null`: there is none. */
export function fewestEdits(loaded: LoadedSetup): number | null {
  const documents = fewestDocuments(loaded);
  return documents === 1 && !canOneEditDo(loaded) ? 2 : documents;
}

function canOneEditDo(loaded: LoadedSetup): boolean {
  for (const { path, type, value } of policySlots(loaded.setup)) {
    if (path[0] === 'organization') continue;
    for (const policy of editedOnce(value, type, loaded)) {
      const changed = patched(loaded.setup, [{ op: 'replace', path: pointerOf(path), value: policy }]);
      if (delivers(changed)) return true;
    }
  }
  return newPolicies(loaded).some((changed) => delivers(changed));
}

/** The setup with a policy where there is none, of one statement. */
function newPolicies({ setup }: LoadedSetup): readonly unknown[] {
  const role = (setup.roles ?? []).findIndex(({ arn }) => arn === setup.recorder?.roleARN);
  const hasNone = (setup.roles?.[role]?.policies ?? []).length === 0;
  const places = [
    ...(role >= 0 && hasNone ? [{ type: 'identity', path: ['roles', role, 'policies', 0, 'document'] }] : []),
    ...(['buckets', 'keys', 'topics'] as const).flatMap((kind) =>
      (setup[kind] ?? []).flatMap(({ policy }, i) =>
        policy == null ? [{ type: kind.slice(0, -1), path: [kind, i, 'policy'] }] : [],
      ),
    ),
  ];
  return places.flatMap(({ type, path }) =>
    addedStatements(type, setup.recorder?.roleARN ?? '').map((Statement) => {
      const document = { Version: '2012-10-17', Statement };
      const isRole = type === 'identity';
      const pointer = isRole ? `/roles/${role}/policies` : pointerOf(path);
      const value = isRole ? [{ name: 'added', document }] : document;
      return patched(setup, [{ op: 'replace', path: pointer, value }]);
    }),
  );
}

/** What one edit of a policy can come to at most. A statement that is added is about one kind of thing. */
function* editedOnce(policy: unknown, type: string, { setup }: LoadedSetup): Iterable<unknown> {
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) return;
  const all = [policy.Statement].flat() as Readonly<Record<string, unknown>>[];
  const principal = { AWS: setup.recorder?.roleARN, Service: 'config.amazonaws.com' };
  for (const [i, statement] of all.entries()) {
    const others = all.filter((_, j) => j !== i);
    const instead = (edited: object) => ({ ...policy, Statement: [...others, edited] });
    if (statement['Effect'] === 'Deny') {
      yield { ...policy, Statement: others };
      continue;
    }
    const { NotPrincipal: _p, NotAction: _a, NotResource: _r, ...rest } = statement;
    if (type !== 'identity' && type !== 'boundary') yield instead({ ...rest, Principal: principal });
    const actions = [statement['Action'] ?? []].flat();
    for (const more of oneKindOfThing[type] ?? []) yield instead({ ...rest, Action: [...actions, ...more] });
    if (type !== 'trust') yield instead({ ...rest, Resource: '*' });
    const condition = (statement['Condition'] ?? {}) as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >;
    for (const [operator, keys] of Object.entries(condition)) {
      for (const key of Object.keys(keys)) {
        const fewer = Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key));
        yield instead({ ...statement, Condition: { ...condition, [operator]: fewer } });
      }
    }
  }
  for (const added of addedStatements(type, setup.recorder?.roleARN ?? ''))
    yield { ...policy, Statement: [...all, added] };
}

/** A statement for each kind of thing that a policy of this type may be about. */
function addedStatements(type: string, roleARN: string): readonly object[] {
  const isOfRole = type === 'identity' || type === 'boundary';
  const whom = isOfRole ? {} : { Principal: { AWS: roleARN, Service: 'config.amazonaws.com' } };
  return (oneKindOfThing[type] ?? []).map((Action) => ({
    Effect: 'Allow',
    ...whom,
    Action,
    ...(type === 'trust' ? {} : { Resource: '*' }),
  }));
}

const onBucket = ['s3:GetBucketAcl', 's3:ListBucket'];
const onObjects = ['s3:PutObject', 's3:PutObjectAcl'];
const onKey = ['kms:GenerateDataKey', 'kms:Decrypt'];
const oneKindOfThing: Readonly<Record<string, readonly (readonly string[])[]>> = {
  bucket: [onBucket, onObjects],
  key: [onKey],
  topic: [['sns:Publish']],
  trust: [['sts:AssumeRole']],
  identity: [onBucket, onObjects, onKey, ['sns:Publish']],
  boundary: [onBucket, onObjects, onKey, ['sns:Publish']],
};

function delivers(setup: unknown): boolean {
  const read = setupFromValue(setup);
  return read.ok && judge(compileSetup(read.setup), { at }).verdict === 'delivers';
}

/** How many policies must change at least; `null`: changing all of them does not help. */
function fewestDocuments(loaded: LoadedSetup): number | null {
  const setup = structuredClone(loaded.setup) as unknown as Setup;
  const all = replacements(setup);
  for (let count = 0; count <= Math.min(documentsMax, all.length); count += 1) {
    for (const chosen of choices(all, count)) {
      const changed = structuredClone(setup);
      for (const replace of chosen) replace(changed);
      if (delivers(changed)) return count;
    }
  }
  return null;
}

interface Setup {
  readonly recorder: { readonly roleARN: string };
  readonly roles?: {
    arn: string;
    trustPolicy?: unknown;
    policies?: { name?: string; document: unknown }[];
    permissionsBoundary?: unknown;
    managedPolicies?: { document?: unknown }[];
  }[];
  readonly buckets?: { policy?: unknown }[];
  readonly keys?: { policy?: unknown }[];
  readonly topics?: { policy?: unknown }[];
}

type Replacement = (setup: Setup) => void;

/** One for each policy that its owner can change, and for each that could be added. */
function replacements(setup: Setup): readonly Replacement[] {
  const { roleARN } = setup.recorder;
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
  const forConfig = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: roleARN, Service: 'config.amazonaws.com' },
      Action: '*',
      Resource: '*',
    },
  };
  const trust = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' },
  };
  const role = (setup.roles ?? []).findIndex(({ arn }) => arn === roleARN);
  const found: Replacement[] = [];
  if (role >= 0) {
    const roleIn = (of: Setup) => of.roles?.[role] ?? { arn: '' };
    found.push((of) => void (roleIn(of).trustPolicy = trust));
    const { policies = [], managedPolicies = [], permissionsBoundary } = roleIn(setup);
    for (const i of policies.keys())
      found.push((of) => void ((roleIn(of).policies ?? [])[i] = { name: `p${i}`, document: everything }));
    found.push((of) => void (roleIn(of).policies ??= []).push({ name: 'added', document: everything }));
    for (const [i, { document }] of managedPolicies.entries()) {
      if (document === undefined) continue;
      found.push((of) => {
        const managed = roleIn(of).managedPolicies?.[i];
        if (managed !== undefined) managed.document = everything;
      });
    }
    if (typeof permissionsBoundary === 'object' && permissionsBoundary !== null)
      found.push((of) => void (roleIn(of).permissionsBoundary = everything));
  }
  for (const kind of ['buckets', 'keys', 'topics'] as const) {
    for (const i of (setup[kind] ?? []).keys()) {
      found.push((of) => {
        const owner = of[kind]?.[i];
        if (owner !== undefined) owner.policy = forConfig;
      });
    }
  }
  return found;
}

function* choices<T>(all: readonly T[], count: number): Iterable<readonly T[]> {
  if (count === 0) yield [];
  else
    for (const [i, first] of all.entries())
      for (const rest of choices(all.slice(i + 1), count - 1)) yield [first, ...rest];
}
