import { explanationTree, type ExplanationNode } from '../../explain/tree.ts';
import type { FailedReport, Report } from '../../delivery/report.ts';
import type { NamedReport, ReportFormat } from '../formats.ts';

/** The report as the contract says; several setups are an array. With `--explain` each step has its `explanation`. */
export const json: ReportFormat = {
  render(reports, { isExplained }) {
    const documents = reports.map((named) => (isExplained ? explained(named) : named.report));
    return `${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`;
  },
};

/** The report, each step with everything that was compared for it. */
function explained({ report, judged }: NamedReport): Report | FailedReport {
  if (report.verdict === null || judged === null) return report;
  const { judgement, compiled } = judged;
  const phases = report.phases.map((phase, i) => ({
    ...phase,
    attempts: phase.attempts.map((attempt, j) => ({
      ...attempt,
      steps: attempt.steps.map((step, k) => {
        const request = judgement.phases[i]?.attempts[j]?.steps[k]?.request;
        const explanation: ExplanationNode | null =
          request === undefined ? null : explanationTree(compiled.explain(request));
        return { ...step, explanation };
      }),
    })),
  }));
  return { ...report, phases };
}
