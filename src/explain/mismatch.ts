/** What kept a statement from matching, in one clause. It words what the engine compared and compares nothing itself. */
import type { Mismatch, StatementTrace } from '../policy/decision.ts';
import { quotedList } from './quoted-list.ts';

/**
 * The first thing that kept the statement from matching, as a clause without full stop; empty where nothing did.
 * The first only: people mend one thing, look again, and the others follow in `--explain`.
 */
export function whyNotMatched(statement: StatementTrace): string {
  const [first] = statement.mismatches;
  return first === undefined ? statement.because : mismatchClause(first);
}

/** One mismatch as a clause. */
export function mismatchClause(mismatch: Mismatch): string {
  if (mismatch.match === 'unknown') return unknownClause(mismatch);
  const expected = quotedList(mismatch.expected, 'or');
  const found = mismatch.found;
  switch (mismatch.element) {
    case 'principal':
      return found === null
        ? `its Principal is ${expected}`
        : `its Principal is ${expected}, and the caller is ${quotedList(found, 'or')}`;
    case 'action':
      return `its Action is ${expected}${found === null ? '' : `, which does not cover ${quotedList(found, 'or')}`}`;
    case 'resource':
      return `its Resource is ${expected}${found === null ? '' : `, which does not match ${quotedList(found, 'or')}`}`;
    case 'condition':
      return conditionClause(mismatch);
    case 'statement':
      return expected === '' ? 'the statement has no effect' : expected;
  }
}

function conditionClause({ operator = 'its condition', key = '', expected, found }: Mismatch): string {
  const test = `its condition asks ${operator} ${key} ${quotedList(expected, 'or')}`
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (found === null) return `${test}, and the request carries no ${key}`;
  if (found.length === 0) return `${test}, and the request's ${key} is an empty list`;
  return `${test}, and the request carries ${quotedList(found, 'and')}`;
}

function unknownClause({ element, operator, key, unknown }: Mismatch): string {
  const what =
    element === 'condition'
      ? `its condition ${[operator, key].filter((part) => part !== undefined).join(' ')}`
      : `its ${elementName[element]}`;
  return `${what} can't be judged${unknown === undefined ? '' : `: ${unknown}`}`;
}

const elementName = {
  principal: 'Principal',
  action: 'Action',
  resource: 'Resource',
  statement: 'statement',
} as const;
