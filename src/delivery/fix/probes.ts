/**
 * Whether a changed setup lets in anybody or anything that the first one did not: the same requests are asked of both.
 * The callers are those whom an edit that says too much would let in. spec: FIX-1
 */
import { parseAccountId } from '../../aws/account-id.ts';
import { absent, present, requestContext, type ContextValue } from '../../policy/context.ts';
import type { Outcome } from '../../policy/decision.ts';
import { derivedContext } from '../../policy/derived-context.ts';
import type { Principal } from '../../policy/principal.ts';
import type { AuthorizationRequest } from '../../policy/request.ts';
import { compileSetup, type CompiledSetup } from '../../setup/compile-setup.ts';
import { setupFromValue, type LoadedSetup } from '../../setup/loaded-setup.ts';
import { principalOf } from '../../setup/principal-of.ts';
import type { Judgement } from '../judge.ts';
import { configServicePrincipal, type DeliveryStep } from '../plan.ts';
import type { PolicyEdit } from './policy-edit.ts';

interface Probe {
  readonly name: string;
  readonly principal: Principal;
  readonly action: string;
  /** Made when it is first asked. */
  readonly request: () => AuthorizationRequest;
}

export interface Probing {
  /**
   * The first request that the changed setup lets through and the first one did not, in words; `null`: none.
   *
   * @param edits what was changed, so that only what it can concern is asked; everything unless given
   */
  widening(changed: LoadedSetup, edits?: readonly PolicyEdit[]): string | null;
}

/** Nothing is asked before the first edit is to be proved; then what an edit can concern, as often as edits are tried. */
export function probing(loaded: LoadedSetup, judgement: Judgement): Probing {
  let probes: readonly Probe[] | null = null;
  const before = new Map<Probe, Outcome | undefined>();
  return {
    widening: (changed, edits) => {
      if (edits?.length === 0) return null;
      probes ??= probesOf(loaded, judgement);
      const concerned = probes.filter((probe) => edits?.some((edit) => canConcern(edit, probe)) ?? true);
      const unasked = concerned.filter((probe) => !before.has(probe));
      if (unasked.length > 0) {
        const answers = outcomes(loaded, judgement, unasked);
        for (const [i, probe] of unasked.entries()) before.set(probe, answers[i]);
      }
      const after = outcomes(changed, judgement, concerned);
      return concerned.find((probe, i) => isWider(before.get(probe), after[i]))?.name ?? null;
    },
  };
}

const actionsOfResource: Readonly<Record<string, string>> = { buckets: 's3:', keys: 'kms:', topics: 'sns:' };

/** A policy of a bucket says nothing of a key, and one of a role nothing of whoever has none. */
function canConcern({ path }: PolicyEdit, { action, principal }: Probe): boolean {
  const [member = '', , policy] = path;
  const prefix = policy === 'trustPolicy' ? 'sts:' : actionsOfResource[member];
  if (prefix !== undefined) return action.startsWith(prefix);
  return member !== 'roles' || 'account' in principal;
}

/** Unknown is more than denied: it may be allowed. */
function isWider(before: Outcome | undefined, after: Outcome | undefined): boolean {
  if (after === before || before === undefined || before === 'allowed') return false;
  return after !== 'denied';
}

/** An account that no setup has. */
const strangerAccount = '123450987612';
const strangerAccount2 = '210987654321';

/** Roles beside those of the setup, with all permissions and with none: `outcomes` puts them into it. */
function probeRoles(
  partition: string,
  account: string,
): readonly { readonly arn: string; readonly isMighty: boolean }[] {
  return [account, strangerAccount].flatMap((owner) =>
    [true, false].map((isMighty) => ({
      arn: `arn:${partition}:iam::${owner}:role/sealpost-probe-${isMighty ? 'mighty' : 'bare'}`,
      isMighty,
    })),
  );
}

function outcomes(
  loaded: LoadedSetup,
  judgement: Judgement,
  probes: readonly Probe[],
): readonly (Outcome | undefined)[] {
  const { delivery } = judgement.situation;
  const added = probeRoles(delivery.partition, delivery.account).map(({ arn, isMighty }) => ({
    arn,
    policies: isMighty
      ? [
          {
            name: 'all',
            document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
          },
        ]
      : [],
    managedPolicies: [],
    permissionsBoundary: null,
  }));
  const read = setupFromValue({ ...loaded.setup, roles: [...(loaded.setup.roles ?? []), ...added] });
  if (!read.ok) return probes.map(() => 'unknown');
  const compiled: CompiledSetup = compileSetup(read.setup);
  return probes.map(({ request }) => compiled.decide(request()).outcome);
}

/** What nobody needs for a delivery, beside what somebody does. */
const otherActions: Readonly<Record<DeliveryStep['target'], readonly string[]>> = {
  role: ['sts:TagSession'],
  bucket: ['s3:PutBucketPolicy', 's3:GetBucketPolicy'],
  object: ['s3:GetObject', 's3:DeleteObject'],
  key: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:Encrypt'],
  topic: ['sns:Subscribe'],
  'topic-key': ['kms:PutKeyPolicy', 'kms:Encrypt'],
};

function probesOf(loaded: LoadedSetup, judgement: Judgement): readonly Probe[] {
  const { delivery } = judgement.situation;
  const steps = new Map(
    judgement.phases
      .flatMap(({ attempts }) =>
        attempts.flatMap((attempt) => attempt.steps.map((step) => ({ attempt, step }))),
      )
      .map((entry) => [`${entry.attempt.identity} ${entry.step.action} ${entry.step.resource}`, entry]),
  );
  const callers = callersOf(loaded, judgement);
  const probes: Probe[] = [];
  for (const { attempt, step } of steps.values()) {
    const { target } = step.step;
    for (const action of [step.action, ...otherActions[target]]) {
      for (const caller of callers) {
        const { principal } = caller;
        const request = once(() => asked(step.request, action, caller));
        probes.push({ name: `${caller.name}: ${action}`, principal, action, request });
      }
      // The caller itself, with what it does not need and in other folders.
      if (action !== step.action) {
        probes.push(ownProbe(action, step.request, { action }));
      }
    }
    if (target === 'object') {
      const resource = `arn:${delivery.partition}:s3:::${delivery.bucket.name}/sealpost-probe/file`;
      probes.push(ownProbe('another folder', step.request, { resource }));
    }

    function ownProbe(
      what: string,
      base: AuthorizationRequest,
      changes: Partial<AuthorizationRequest>,
    ): Probe {
      const request = { ...base, ...changes };
      const { principal, action } = request;
      return { name: `${attempt.identity}: ${what}`, principal, action, request: () => request };
    }
  }
  return probes;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

interface Caller {
  readonly name: string;
  readonly principal: Principal;
  readonly source: Readonly<Record<string, string | null>>;
}

function callersOf(loaded: LoadedSetup, { situation }: Judgement): readonly Caller[] {
  const { partition, account, region, roleArn } = situation.delivery;
  const noSource = {
    'aws:SourceAccount': null,
    'aws:SourceArn': null,
    'aws:SourceOrgID': null,
    'aws:SourceOrgPaths': null,
  };
  const sourceOf = (service: string, from: string): Caller['source'] => ({
    ...noSource,
    'aws:SourceAccount': from,
    'aws:SourceArn': `arn:${partition}:${service}:${region}:${from}:*`,
  });
  const service = (name: string, source: Caller['source'], words: string): Caller => ({
    name: words,
    principal: { kind: 'service', name },
    source,
  });
  const arns = [
    ...probeRoles(partition, account).map(({ arn }) => arn),
    ...(loaded.setup.roles ?? []).map(({ arn }) => arn).filter((arn) => arn !== roleArn),
    ...(loaded.setup.users ?? []).map(({ arn }) => arn),
    `arn:${partition}:iam::${strangerAccount}:root`,
    ...namedPrincipals(loaded, 'AWS').filter((arn) => arn.startsWith('arn:') && arn !== roleArn),
  ];
  const services = namedPrincipals(loaded, 'Service').filter((name) => name !== configServicePrincipal);
  return [
    { name: 'anonymous', principal: { kind: 'anonymous' }, source: noSource },
    ...[strangerAccount, strangerAccount2, ...mentionedAccounts(loaded)]
      .filter((other) => other !== account)
      .map((other) => service(configServicePrincipal, sourceOf('config', other), `AWS Config for ${other}`)),
    service(configServicePrincipal, noSource, 'AWS Config for nobody in particular'),
    ...['cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com', ...services].map((name) =>
      service(name, sourceOf(name.split('.')[0] ?? '', account), name),
    ),
    ...[...new Set(arns)].flatMap((arn): Caller[] => {
      if (arn.includes('*')) return [];
      const principal = principalOf(arn, []);
      return principal === null ? [] : [{ name: arn, principal, source: noSource }];
    }),
  ];
}

function asked(base: AuthorizationRequest, action: string, caller: Caller): AuthorizationRequest {
  const { principal, source } = caller;
  const { resourceAccount } = base;
  const kept = [...base.context.entries()].filter(
    ([name]) => !/^aws:(principal|source|user|via|calledvia|ec2|federated)|^kms:calleraccount/.test(name),
  );
  const account = 'account' in principal ? principal.account : null;
  const entries: (readonly [string, ContextValue])[] = [
    ...derivedContext(
      principal,
      resourceAccount === null ? {} : { resourceAccount: parseAccountId(resourceAccount) },
    ),
    ...kept,
    ...Object.entries(source).map(
      ([name, value]) => [name, value === null ? absent : present(value)] as const,
    ),
    ['kms:CallerAccount', account === null ? absent : present(account)],
  ];
  return { ...base, principal, action, context: requestContext(entries) };
}

function namedPrincipals(loaded: LoadedSetup, wanted: 'AWS' | 'Service'): readonly string[] {
  const found = new Set<string>();
  for (const { document } of loaded.policySources.values()) {
    for (const { principal } of document.statements) {
      for (const { type, text } of principal?.entries ?? []) if (type === wanted) found.add(text);
    }
  }
  return [...found].slice(0, 20);
}

/** Accounts that a source condition names: they must not gain by an edit beside them. */
function mentionedAccounts(loaded: LoadedSetup): readonly string[] {
  const found = new Set<string>();
  for (const { document } of loaded.policySources.values()) {
    for (const { conditions } of document.statements) {
      for (const { key, values } of conditions) {
        if (key.toLowerCase() !== 'aws:sourceaccount') continue;
        for (const { text } of values) if (/^\d{12}$/.test(text)) found.add(text);
      }
    }
  }
  return [...found].slice(0, 20);
}
