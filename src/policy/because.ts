/** Why a statement did not match, in words: fragments that stand behind the statement's name. */
import type { Mismatch, StatementTrace } from './decision.ts';

/** What kept a statement from matching, or left it open; empty when it matched plainly. */
export function becauseOf(mismatches: readonly Mismatch[]): StatementTrace['because'] {
  return mismatches.map(mismatchText).join('; ');
}

function mismatchText(mismatch: Mismatch): string {
  const { element, expected, found, unknown, operator, key } = mismatch;
  const member = mismatch.pointer.includes('/Not') ? 'Not' : '';
  switch (element) {
    case 'condition': {
      const name = `Condition ${operator ?? ''} ${key ?? ''}`;
      const says = `the policy says ${quotedList(expected)}`;
      if (unknown !== undefined)
        return `${name}: ${says}, and it is not known whether that holds: ${unknown}`;
      return `${name}: ${says}, the request has ${found === null ? 'no such key' : quotedList(found)}`;
    }
    case 'principal':
      if (unknown !== undefined) return `${member}Principal: ${unknown}`;
      if (expected.length === 0) return 'Principal: the statement names nobody';
      return member === ''
        ? `Principal: the policy names ${quotedList(expected)}, the caller is ${quotedList((found ?? []).slice(0, 2))}`
        : `NotPrincipal: the policy exempts ${quotedList(expected)}, and that is the caller`;
    case 'action':
      if (unknown !== undefined) return `${member}Action: ${unknown}`;
      return member === ''
        ? `Action: the policy lists ${quotedList(expected)}, the request is ${quotedList(found ?? [])}`
        : `NotAction: the policy leaves out ${quotedList(expected)}, and the request is ${quotedList(found ?? [])}`;
    case 'resource':
      if (unknown !== undefined)
        return `${member}Resource: the policy says ${quotedList(expected)}: ${unknown}`;
      if (expected.length === 0) return 'Resource: the statement has none, so it has no effect';
      return member === ''
        ? `Resource: the policy names ${quotedList(expected)}, the request is about ${quotedList(found ?? [])}`
        : `NotResource: the policy leaves out ${quotedList(expected)}, and the request is about ${quotedList(found ?? [])}`;
    case 'statement':
      return unknown ?? 'the statement cannot be judged';
  }
}

const shownMax = 3;

function quotedList(values: readonly string[]): string {
  if (values.length === 0) return 'nothing';
  const shown = values.slice(0, shownMax).map((value) => `\`${value}\``);
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(' or ');
}
