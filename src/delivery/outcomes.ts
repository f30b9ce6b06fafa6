/**
 * From steps to attempts, phases and a verdict. Three-valued throughout: what is not known stays unknown unless it
 * can make no difference.
 * spec: DLV-FALLBACK-1, DLV-FALLBACK-2, DLV-FALLBACK-3, DLV-VERDICT-1
 */
import type { Outcome } from '../policy/decision.ts';
import type { Identity, Requirement } from './plan.ts';
import type { Verdict } from './report.ts';

/** What counts of a step. */
export interface JudgedStep {
  readonly action: string;
  readonly required: Requirement;
  readonly outcome: Outcome;
}

export interface JudgedPhase {
  readonly outcome: Outcome;
  readonly deliveredAs: Identity | null;
  /** Whether AWS makes each attempt. */
  readonly made: { readonly role: boolean | null; readonly 'service-principal': boolean | null };
}

/** The outcome of one attempt. A documented step that is refused leaves the attempt unknown. spec: DLV-DOCUMENTED-1 */
export function attemptOutcome(steps: readonly JudgedStep[]): Outcome {
  const always = steps.filter(({ required }) => required === 'always');
  if (always.some(({ outcome }) => outcome === 'denied')) return 'denied';
  if (always.some(({ outcome }) => outcome === 'unknown')) return 'unknown';
  const documented = steps.filter(({ required }) => required === 'documented');
  return documented.some(({ outcome }) => outcome !== 'allowed') ? 'unknown' : 'allowed';
}

/** The outcome of a phase, whose two attempts are never mixed. spec: DLV-FALLBACK-2 */
export function phaseOutcome(
  role: readonly JudgedStep[],
  servicePrincipal: readonly JudgedStep[],
): JudgedPhase {
  const asRole = attemptOutcome(role);
  const asService = attemptOutcome(servicePrincipal);
  const assumed = role.find(({ action }) => action === 'sts:AssumeRole')?.outcome ?? 'allowed';
  // spec: DLV-FALLBACK-3
  if (assumed === 'denied') {
    return { outcome: 'denied', deliveredAs: null, made: { role: true, 'service-principal': false } };
  }
  const made = { role: true, 'service-principal': secondIsMade(asRole, assumed) };
  if (asRole === 'allowed') return { outcome: 'allowed', deliveredAs: 'role', made };
  if (asRole === 'denied' && asService === 'denied') return { outcome: 'denied', deliveredAs: null, made };
  if (assumed === 'unknown' || asService !== 'allowed')
    return { outcome: 'unknown', deliveredAs: null, made };
  return { outcome: 'allowed', deliveredAs: asRole === 'denied' ? 'service-principal' : null, made };
}

/** The verdict of all phases. spec: DLV-VERDICT-1 */
export function verdictOf(phases: readonly { readonly outcome: Outcome }[]): Verdict {
  if (phases.some(({ outcome }) => outcome === 'denied')) return 'fails';
  return phases.every(({ outcome }) => outcome === 'allowed') ? 'delivers' : 'unknown';
}

function secondIsMade(asRole: Outcome, assumed: Outcome): boolean | null {
  if (asRole === 'allowed') return false;
  return asRole === 'denied' && assumed === 'allowed' ? true : null;
}
