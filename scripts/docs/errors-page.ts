import { obstacles } from '../../src/delivery/obstacles.ts';
import { reasons } from '../../src/policy/reasons.ts';

/** docs/errors.md: every reason that a decision or a step can have, by its code. */
export function errorsPage(): string {
  const ofPolicies = Object.entries(reasons).map(([code, { outcome, title }]) => ({ code, outcome, title }));
  const ofDelivery = Object.entries(obstacles).map(([code, { outcome, title }]) => ({
    code,
    outcome,
    title,
  }));
  return [
    '# Reasons',
    '',
    'Each decision (`sealpost evaluate`) and each step of a report (`sealpost check`) has a `reason`. Its code is stable:',
    'once released it is never used for another meaning. Findings have [codes of their own](findings.md).',
    '',
    '## From policies',
    '',
    ...table(ofPolicies),
    '',
    '## From the delivery itself',
    '',
    'These hold whatever the policies say; they are also codes of findings.',
    '',
    ...table(ofDelivery),
    '',
  ].join('\n');
}

function table(
  rows: readonly { readonly code: string; readonly outcome: string; readonly title: string }[],
): string[] {
  return [
    '| code | outcome | meaning |',
    '|---|---|---|',
    ...rows.map(({ code, outcome, title }) => `| \`${code}\` | ${outcome} | ${title} |`),
  ];
}
