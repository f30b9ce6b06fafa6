/** Findings that only a request shows: what a decision stumbled over in the policies that it asked. */
import type { Decision, Mismatch, StatementTrace } from '../policy/decision.ts';
import type { Finding } from './finding.ts';
import { missingQualifier } from './rules/missing-qualifier.ts';

/** What is odd in the statements that decided, as the request met them. */
export function decisionFindings({ statements }: Pick<Decision, 'statements'>): readonly Finding[] {
  return statements.flatMap((statement) =>
    statement.mismatches
      .filter(isPlainOperatorOnSeveralValues)
      .map((mismatch) => withoutQualifier(mismatch, statement)),
  );
}

// spec: LINT-QUALIFIER-1
function isPlainOperatorOnSeveralValues({ element, match, operator, found }: Mismatch): boolean {
  return (
    element === 'condition' &&
    match === 'unknown' &&
    (found?.length ?? 0) > 1 &&
    !/^For(AllValues|AnyValue):/.test(operator ?? '')
  );
}

function withoutQualifier(
  { pointer, operator = '', key = '', found }: Mismatch,
  { policy }: StatementTrace,
): Finding {
  const { code, severity, url } = missingQualifier;
  const place = policy.locate(pointer);
  return {
    code,
    severity,
    message: `${key} has ${String(found?.length ?? 0)} values in the request, and AWS does not say how a plain \`${operator}\` compares them`,
    next: `write \`ForAnyValue:${operator}\` or \`ForAllValues:${operator}\``,
    url,
    source: policy.source,
    file: policy.file,
    pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
    fix: null,
  };
}
