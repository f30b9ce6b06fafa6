/** What the formats for other tools share: the one sentence on a setup, and its findings and culprits as places. */
import type { AttemptReport, FailedReport, Report, StepReport } from '../../delivery/report.ts';
import type { Finding, Severity } from '../../lint/finding.ts';
import type { NamedReport, RenderOptions } from '../formats.ts';

/** Something to show at a place: a finding, a step at fault, or an error in the input. */
export interface Remark {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly next: string | null;
  readonly url: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** `keys[0].policy/Statement/1`: what it is about, wherever that stands. */
  readonly about: string;
}

/** `setup.yaml: AWS Config delivers as the role`. */
export function verdictSentence({ name, report }: NamedReport): string {
  switch (report.verdict) {
    case 'delivers': {
      const as = report.deliveredAs;
      const whom = as === null ? '' : as === 'role' ? ' as the role' : ' as the service principal';
      return `${name}: AWS Config delivers${whom}`;
    }
    case 'fails':
      return `${name}: AWS Config does not deliver all that it should`;
    case 'unknown':
      return `${name}: it can't be told whether AWS Config delivers`;
    case null:
      return `${name}: not judged, the input is at fault`;
  }
}

/** All remarks on a setup: errors of the input, what stops the delivery, findings. */
export function remarksOf({ report, judged }: NamedReport): readonly Remark[] {
  if (report.verdict === null) return report.errors.map(errorRemark);
  const file = judged?.compiled.loaded.file ?? null;
  return [...culpritRemarks(report, file), ...report.findings.map(findingRemark)];
}

/** The remark with its file as the repository knows it. */
export function inRepository(remark: Remark, options: Pick<RenderOptions, 'repositoryPath'>): Remark {
  const { file } = remark;
  return file === null ? remark : { ...remark, file: options.repositoryPath?.(file) ?? file };
}

/** The first step that keeps an attempt from being allowed, or `null`. */
export function culpritOf({ steps, outcome }: AttemptReport): StepReport | null {
  if (outcome === 'allowed') return null;
  const always = steps.filter(({ required }) => required === 'always');
  return (
    always.find((step) => step.outcome === 'denied') ??
    always.find((step) => step.outcome === 'unknown') ??
    steps.find((step) => step.required === 'documented' && step.outcome !== 'allowed') ??
    null
  );
}

/** A finding with what it is about. */
export function findingRemark(finding: Finding): Remark {
  return { ...finding, about: finding.source + finding.pointer };
}

function culpritRemarks({ phases }: Report, file: string | null): readonly Remark[] {
  const remarks = new Map<string, Remark>();
  for (const { outcome, attempts } of phases) {
    if (outcome === 'allowed') continue;
    for (const attempt of attempts) {
      const step = attempt.made === false ? null : culpritOf(attempt);
      if (step === null) continue;
      const [statement] = step.statements;
      remarks.set(`${attempt.identity} ${step.message}`, {
        code: step.reason,
        severity: outcome === 'denied' ? 'error' : 'warning',
        message: `as ${attempt.identity === 'role' ? 'the role' : 'the service principal'}, ${step.message}`,
        next: null,
        url: null,
        file: statement?.file ?? file,
        line: statement?.line ?? null,
        column: statement?.column ?? null,
        about: `${attempt.identity} ${step.action}`,
      });
    }
  }
  return [...remarks.values()];
}

function errorRemark(error: FailedReport['errors'][number]): Remark {
  const { code, message, file, line, column, pointer, next } = error;
  return {
    code,
    severity: 'error',
    message,
    next: next ?? null,
    url: null,
    file,
    line,
    column,
    about: pointer ?? '',
  };
}
