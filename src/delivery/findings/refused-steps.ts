import type { AttemptJudgement, Judgement, StepJudgement } from '../judge.ts';

export interface RefusedStep {
  readonly attempt: AttemptJudgement;
  readonly step: StepJudgement;
}

/** The refused steps of one action: one for each identity, the first of all phases. */
export function refusedSteps({ phases }: Judgement, action: string): readonly RefusedStep[] {
  const byIdentity = new Map<string, RefusedStep>();
  for (const { attempts } of phases) {
    for (const attempt of attempts) {
      const step = attempt.steps.find(
        (candidate) => candidate.action === action && candidate.outcome === 'denied',
      );
      if (step !== undefined && !byIdentity.has(attempt.identity))
        byIdentity.set(attempt.identity, { attempt, step });
    }
  }
  return [...byIdentity.values()];
}

/** How a sentence names who is refused. */
export function whoOf({ identity }: AttemptJudgement): string {
  return identity === 'role' ? "the recorder's role" : 'the service principal';
}

/** Where a finding about a refused step stands: the statement that decided or came closest, else what it is about. */
export function placeOf({ step }: RefusedStep, otherwise: string): { source: string; pointer: string } {
  const [statement] = step.decision.statements;
  return statement === undefined
    ? { source: otherwise, pointer: '' }
    : { source: statement.policy.source, pointer: statement.pointer };
}
