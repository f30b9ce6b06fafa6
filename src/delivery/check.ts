/**
 * Whether AWS Config will deliver with this setup, as whom, and if not, which statement is at fault.
 * Pure: no clock, no I/O, the same report for the same input.
 */
import { carriedServiceAuthorization, type ServiceAuthorization } from '../aws/service-authorization.ts';
import type { Fault } from '../policy/document/fault.ts';
import type { CompiledSetup } from '../setup/compile-setup.ts';
import type { LoadedSetup } from '../setup/loaded-setup.ts';
import { statementDocument } from '../setup/statement-document.ts';
import { findingsOf } from './findings.ts';
import { judgeDelivery, type AttemptJudgement, type Judgement, type StepJudgement } from './judge.ts';
import type { AttemptReport, Report, StepReport } from './report.ts';
import { situationOf } from './situation.ts';

export interface CheckOptions {
  /** The date that stands in object keys. */
  readonly at: Date;
  /** Data of services beyond those of a delivery, for findings about policies that name them. */
  readonly authorization?: ServiceAuthorization;
}

/**
 * The report on a setup.
 *
 * @throws {TypeError} the setup has no recorder or no delivery channel: ask `missingForCheck` first
 */
export function check(compiled: CompiledSetup, options: CheckOptions): Report {
  const judgement = judge(compiled, options);
  return reportOf(judgement, compiled, options.authorization);
}

/** As `check`, with the decisions and requests behind the report: for explanations. */
export function judge(compiled: CompiledSetup, { at }: Pick<CheckOptions, 'at'>): Judgement {
  const { recorder, deliveryChannel: channel } = compiled.loaded.setup;
  if (recorder == null || channel == null)
    throw new TypeError('a setup needs a recorder and a delivery channel to be checked');
  const situation = situationOf(compiled.loaded, compiled, {
    recorder,
    channel,
    atMillis: at.getTime(),
  });
  return judgeDelivery(compiled, situation);
}

/** What the setup lacks to be checked; empty: nothing. */
export function missingForCheck(loaded: LoadedSetup): readonly Fault[] {
  const { setup, file } = loaded;
  const members = [
    ['recorder', setup.recorder, 'the configuration recorder, `{ "account", "region", "roleARN" }`'],
    ['deliveryChannel', setup.deliveryChannel, 'the delivery channel, `{ "s3BucketName" }` at least'],
  ] as const;
  return members.flatMap(([member, value, what]) =>
    value == null
      ? [
          {
            code: 'missing-member',
            message:
              value === null
                ? `\`${member}\` is null: without it AWS Config delivers nothing`
                : `the setup has no \`${member}\``,
            next: `write ${what}`,
            file,
            pointer: '',
            line: loaded.locate('')?.line ?? null,
            column: loaded.locate('')?.column ?? null,
          },
        ]
      : [],
  );
}

/** @param authorization as in `CheckOptions` */
export function reportOf(
  judgement: Judgement,
  compiled: CompiledSetup,
  authorization: ServiceAuthorization = carriedServiceAuthorization,
): Report {
  const { situation, verdict, deliveredAs, phases } = judgement;
  return {
    schemaVersion: 1,
    verdict,
    deliveredAs,
    assumed: [...compiled.loaded.assumed, ...situation.assumed],
    phases: phases.map((phase) => ({ ...phase, attempts: phase.attempts.map(attemptReport) })),
    findings: findingsOf(judgement, compiled, authorization),
    fix: null,
  };
}

function attemptReport(attempt: AttemptJudgement): AttemptReport {
  return { ...attempt, steps: attempt.steps.map(stepReport) };
}

function stepReport({
  action,
  resource,
  required,
  outcome,
  reason,
  message,
  decision,
}: StepJudgement): StepReport {
  return {
    action,
    resource,
    required,
    outcome,
    reason,
    message,
    // Where something else decides, what the policies say is beside the point.
    statements: reason === decision.reason ? decision.statements.map(statementDocument) : [],
    unknown: reason === decision.reason ? decision.unknown : [],
  };
}
