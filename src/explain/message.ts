/**
 * One sentence for a person about one decision: what happened, which statement is at fault, and the one thing that
 * kept it from matching. It reads the decision's trace and decides nothing.
 */
import type { Decision, StatementTrace } from '../policy/decision.ts';
import { reasons, type ReasonCode } from '../policy/reasons.ts';
import type { AuthorizationRequest } from '../policy/request.ts';
import { whyNotMatched } from './mismatch.ts';
import { quotedList } from './quoted-list.ts';

/** A sentence without full stop, such as "`kms:Decrypt` is denied: ...". Places (file, line) stand beside it, not in it. */
export function decisionMessage(decision: Decision, request: Pick<AuthorizationRequest, 'action'>): string {
  const action = `\`${request.action}\``;
  switch (decision.outcome) {
    case 'allowed':
      return `${action} is allowed: ${allowedBy(decision)}`;
    case 'denied':
      return `${action} is denied: ${deniedBy(decision)}`;
    case 'unknown':
      return `${action} is unknown: ${undecidedBy(decision)}`;
  }
}

/** `the statement "AWSConfigKMSPolicy" of the key policy`: how a sentence names a statement. */
export function statementName(statement: StatementTrace): string {
  const { sid, pointer, policy } = statement;
  return `the statement ${sid === null || sid === '' ? `at ${pointer}` : `"${sid}"`} of ${policy.label}`;
}

function allowedBy(decision: Decision): string {
  const allow = decision.statements.find(({ effect, matched }) => effect === 'Allow' && matched === 'yes');
  return allow === undefined ? reasons[decision.reason].title : `${statementName(allow)} allows it`;
}

function deniedBy(decision: Decision): string {
  const deny = decision.statements.find(({ effect, matched }) => effect === 'Deny' && matched === 'yes');
  if (isExplicitDeny(decision.reason) && deny !== undefined) return `${statementName(deny)} denies it`;
  const title = titleFor(decision);
  const nearest = nearestMiss(decision);
  if (nearest === undefined) return title;
  const why = whyNotMatched(nearest);
  return why === '' ? title : `${title}; ${statementName(nearest)} comes closest, but ${why}`;
}

function undecidedBy(decision: Decision): string {
  const title = reasons[decision.reason].title;
  const undecided = decision.statements.find(({ matched }) => matched === 'unknown');
  const needed = decision.unknown.length === 0 ? '' : ` (${quotedList(decision.unknown, 'and')})`;
  if (undecided === undefined) return `${title}${needed}`;
  const why = whyNotMatched(undecided);
  return `${title}${needed}; ${statementName(undecided)}${why === '' ? ' may apply' : ` may apply, but ${why}`}`;
}

/** The Allow that failed by the fewest things; the engine's order decides between equals. */
function nearestMiss(decision: Decision): StatementTrace | undefined {
  return decision.statements
    .filter(({ effect, matched }) => effect === 'Allow' && matched !== 'yes')
    .toSorted((a, b) => a.mismatches.length - b.mismatches.length)[0];
}

/** The reason's title, with the owner of the policy instead of "the resource policy" where the trace names one. */
function titleFor(decision: Decision): string {
  const title: string = reasons[decision.reason].title;
  const label = decision.statements.find(({ layer }) => layer === 'resource')?.policy.label;
  return label === undefined ? title : title.replace('the resource policy', label);
}

function isExplicitDeny(reason: ReasonCode): boolean {
  return reason.endsWith('-explicit-deny');
}
