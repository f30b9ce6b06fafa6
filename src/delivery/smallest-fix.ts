/**
 * The fewest edits of the user's policies that make AWS Config deliver: a search over edits that each put one refused
 * step right, cheapest first; every state is judged anew by the same rules as `check`. Pure.
 * spec: FIX-1, FIX-2, FIX-3, FIX-4, FIX-5, FIX-6
 */
import { compileSetup } from '../setup/compile-setup.ts';
import type { LoadedSetup } from '../setup/loaded-setup.ts';
import { valueAt } from '../setup/policy-slots.ts';
import type { Outcome } from '../policy/decision.ts';
import type { PatchOperation } from '../lint/finding.ts';
import { judge, type CheckOptions } from './check.ts';
import { blockerOf } from './fix/blockers.ts';
import { isLacking, type FixView } from './fix/fix-view.ts';
import { mendedStatement } from './fix/mend-statement.ts';
import { narrowedDeny } from './fix/narrow-deny.ts';
import { newStatements } from './fix/new-statement.ts';
import { patched, withEdit, type PolicyEdit } from './fix/policy-edit.ts';
import { probing } from './fix/probes.ts';
import { unifiedDiff } from './fix/unified-diff.ts';
import type { Judgement, PhaseJudgement, StepJudgement } from './judge.ts';
import { identities, type Identity } from './plan.ts';
import type { Blocker, PolicyChange, SmallestFix } from './report.ts';

export interface FixOptions extends CheckOptions {
  /** As whom it is to deliver; `either` unless given. */
  readonly for?: Identity | 'either';
  /** What `judge` said of the same setup, where that was asked already. */
  readonly judgement?: Judgement;
}

/** So many states are judged; fixes of real setups take a dozen. */
const statesMax = 400;

/**
 * The smallest fix of a setup.
 *
 * @returns `null` where it delivers already as wanted, or where only what was not given decides
 * @throws {TypeError} the setup has no recorder or no delivery channel: ask `missingForCheck` first
 */
export function smallestFix(loaded: LoadedSetup, options: FixOptions): SmallestFix | null {
  const wanted = options.for ?? 'either';
  const start = stateOf(loaded, [], options, options.judgement);
  if (isReached(start.judgement, wanted)) return null;
  const probes = probing(loaded, start.judgement);
  const blockers = new Map<string, Blocker>();
  const open: State[] = [start];
  const seen = new Set<string>();
  for (let judged = 0; judged < statesMax;) {
    const state = takeCheapest(open);
    if (state === null) break;
    // Asked late: most states are never the cheapest.
    if (probes.widening(state.loaded, state.edits) !== null) continue;
    if (isReached(state.judgement, wanted)) return fixOf(loaded, state.edits);
    for (const edit of nextEdits(state, wanted, blockers)) {
      const edits = [...state.edits, edit];
      const name = nameOf(edits);
      if (seen.has(name)) continue;
      seen.add(name);
      const next = appliedTo(state, edit, options);
      judged += 1;
      if (next !== null) open.push(next);
    }
  }
  // An unknown verdict waits for what was not given; what stands in the way of it may not even be there.
  if (blockers.size === 0 || start.judgement.verdict === 'unknown') return null;
  return { verified: false, changes: [], blockedBy: [...blockers.values()] };
}

interface State extends FixView {
  readonly edits: readonly PolicyEdit[];
  readonly cost: number;
}

function stateOf(
  loaded: LoadedSetup,
  edits: readonly PolicyEdit[],
  options: CheckOptions,
  judgement: Judgement = judge(compileSetup(loaded), options),
): State {
  const cost = edits.reduce((sum, { patch, reluctance }) => sum + patch.length + reluctance, 0);
  return { loaded, judgement, situation: judgement.situation, edits, cost };
}

function takeCheapest(open: State[]): State | null {
  const [first] = open;
  if (first === undefined) return null;
  const cheapest = open.reduce((best, state) => (state.cost < best.cost ? state : best), first);
  open.splice(open.indexOf(cheapest), 1);
  return cheapest;
}

/** The state after one more edit; `null` where it gains nothing. */
function appliedTo(state: State, edit: PolicyEdit, options: CheckOptions): State | null {
  const loaded = withEdit(state.loaded, edit);
  if (loaded === null) return null;
  const next = stateOf(loaded, [...state.edits, edit], options);
  return isProgress(state.judgement, next.judgement) ? next : null;
}

const rank: Readonly<Record<Outcome, number>> = { denied: 0, unknown: 1, allowed: 2 };

/** Some step is better off or refused for another reason, and none is worse off. */
function isProgress(before: Judgement, after: Judgement): boolean {
  const old = stepsOf(before);
  const young = stepsOf(after);
  const pairs = young.flatMap((step, i) => {
    const earlier = old[i];
    return earlier === undefined ? [] : [[earlier, step] as const];
  });
  return (
    pairs.every(([earlier, step]) => rank[step.outcome] >= rank[earlier.outcome]) &&
    pairs.some(
      ([earlier, step]) =>
        step.outcome !== earlier.outcome ||
        step.reason !== earlier.reason ||
        deniesOf(step) < deniesOf(earlier),
    )
  );
}

function deniesOf({ decision }: StepJudgement): number {
  return decision.statements.filter(({ effect }) => effect === 'Deny').length;
}

function stepsOf({ phases }: Judgement): readonly StepJudgement[] {
  return phases.flatMap(({ attempts }) => attempts.flatMap(({ steps }) => steps));
}

function isReached({ phases, verdict }: Judgement, wanted: Identity | 'either'): boolean {
  if (verdict !== 'delivers') return false;
  return wanted === 'either' || phases.every((phase) => isOpenTo(wanted, phase));
}

/** Whether the phase passes as this identity, whoever is tried first. */
function isOpenTo(wanted: Identity, { attempts }: PhaseJudgement): boolean {
  return attempts.some(({ identity, outcome }) => identity === wanted && outcome === 'allowed');
}

/** The edits that put right the first step that the first closed phase lacks, as each identity that may help. */
function nextEdits(
  state: State,
  wanted: Identity | 'either',
  blockers: Map<string, Blocker>,
): readonly PolicyEdit[] {
  const phase = state.judgement.phases.find((candidate) =>
    wanted === 'either'
      ? candidate.outcome !== 'allowed'
      : !isOpenTo(wanted, candidate) || candidate.outcome !== 'allowed',
  );
  if (phase === undefined) return [];
  const edits: PolicyEdit[] = [];
  for (const identity of wanted === 'either' ? identities : [wanted]) {
    const step = firstLack(phase, identity);
    if (step === null) continue;
    // AWS writes the service-linked role's policies, and AWS Config does not write as it.
    if (identity === 'role' && state.situation.isServiceLinked) {
      if (wanted === 'role') blockers.set(identity, serviceLinkedBlocker(state));
      continue;
    }
    if (isOnlyNotGiven(step)) continue;
    const found = editsFor(step, step.action === 'sts:AssumeRole' ? 'role' : identity, state);
    if (found.length === 0) {
      const blocker = blockerOf(step, state);
      blockers.set(`${blocker.source} ${blocker.summary}`, blocker);
    }
    edits.push(...found);
  }
  return edits;
}

function serviceLinkedBlocker({ situation }: State): Blocker {
  return {
    source: 'recorder.roleARN',
    owner: `the account ${situation.recorder.account}`,
    summary:
      'the recorder has the service-linked role, as which AWS Config does not write; give the recorder a role of your own, or let the service principal deliver',
  };
}

/** AssumeRole comes before either attempt. */
function firstLack({ attempts }: PhaseJudgement, identity: Identity): StepJudgement | null {
  const assumed = attempts
    .flatMap(({ steps }) => steps)
    .find((step) => step.action === 'sts:AssumeRole' && isLacking(step));
  if (assumed !== undefined) return assumed;
  const attempt = attempts.find((candidate) => candidate.identity === identity);
  return attempt?.steps.find(isLacking) ?? null;
}

function isOnlyNotGiven({ outcome, reason }: StepJudgement): boolean {
  return outcome === 'unknown' && reason === 'not-given';
}

function editsFor(step: StepJudgement, identity: Identity, view: FixView): readonly PolicyEdit[] {
  const { decision } = step;
  if (step.reason !== decision.reason || decision.reason === 'public-bucket-restricted') return [];
  if (decision.reason.endsWith('-explicit-deny')) {
    const [deny] = decision.statements;
    return deny === undefined ? [] : narrowedDeny(deny, step, identity, view);
  }
  switch (decision.reason) {
    case 'no-identity-allow':
    case 'no-resource-policy-allow':
    case 'no-boundary-allow':
    case 'undocumented':
    case 'unknown-context': {
      const mends = decision.statements.flatMap((trace) => {
        const edit = mendedStatement(trace, step, identity, view);
        return edit === null ? [] : [edit];
      });
      return [...mends, ...newStatements(step, identity, view)];
    }
    default:
      return [];
  }
}

function nameOf(edits: readonly PolicyEdit[]): string {
  return edits
    .map(({ target, patch }) => `${target} ${JSON.stringify(patch)}`)
    .sort()
    .join('\n');
}

/** Edits as changes, one for each policy, in the order in which they were found. */
function fixOf(loaded: LoadedSetup, edits: readonly PolicyEdit[]): SmallestFix {
  const changed = edits.reduce<LoadedSetup>((setup, edit) => withEdit(setup, edit) ?? setup, loaded);
  const targets = [...new Set(edits.map(({ target }) => target))];
  const changes = targets.map((target): PolicyChange => {
    const ours = edits.filter((edit) => edit.target === target);
    const path = ours[0]?.path ?? [];
    return {
      target,
      file: loaded.policySources.get(target)?.file ?? loaded.file,
      summary: ours.map(({ summary }) => summary).join('; '),
      patch: asOne(ours.flatMap(({ patch }) => patch)),
      unifiedDiff: unifiedDiff(
        printed(valueAt(loaded.setup, path)),
        printed(valueAt(changed.setup, path)),
        target,
      ),
    };
  });
  return { verified: true, changes };
}

/** A policy that is new is written at once, with all its statements. */
function asOne(patch: readonly PatchOperation[]): readonly PatchOperation[] {
  const [first, ...rest] = patch;
  if (first?.op !== 'add' || first.path !== '' || rest.length === 0) return patch;
  return [{ ...first, value: patched(first.value, rest) }];
}

function printed(policy: unknown): string {
  return policy == null ? '' : `${JSON.stringify(policy, null, 2)}\n`;
}
