/** Wildcards and policy variables in values of condition keys where they let in too much. */
import type { ConditionAt, ValueAt } from './policy-view.ts';

/** Why a mark is one too many: the key takes none, it comes too early, or it is part of what stands before the colon. */
export type LooseEnd = 'sensitive-key' | 'short-start' | 'user-id';

export interface LooseEndAt {
  readonly value: ValueAt;
  readonly mark: string;
  readonly fault: LooseEnd;
}

/** Whether AWS calls the key sensitive: no wildcard in its values has a use. spec: LINT-AA-2 */
export function isSensitiveKey({ keyName }: ConditionAt): boolean {
  return sensitiveKeys.has(keyName);
}

/** The first mark of this kind in each value that lets in too much. spec: LINT-AA-2 */
export function* looseEnds(condition: ConditionAt, kind: 'wildcard' | 'variable'): Generator<LooseEndAt> {
  const isLoose = limitOf(condition);
  if (isLoose === null || (condition.base !== 'StringLike' && condition.base !== 'StringNotLike')) return;
  for (const value of condition.values) {
    const mark = marksOf(value.text)
      .filter(({ text }) => text.startsWith('${') === (kind === 'variable'))
      .find((candidate) => isLoose.test(candidate, value.text));
    if (mark !== undefined) yield { value, mark: mark.text, fault: isLoose.fault };
  }
}

interface Mark {
  readonly text: string;
  readonly at: number;
  /** The letters between the mark before it and this one. */
  readonly before: string;
}

interface Limit {
  readonly fault: LooseEnd;
  test(mark: Mark, value: string): boolean;
}

function limitOf(condition: ConditionAt): Limit | null {
  if (isSensitiveKey(condition)) return { fault: 'sensitive-key', test: ({ text }) => !isFilledIn(text) };
  if (condition.keyName === 'aws:userid') return { fault: 'user-id', test: standsLeftOfColon };
  if (/^[^:]*\.[^:]*:sub$/.test(condition.keyName))
    return { fault: 'short-start', test: ({ before }) => before.length < startMinCharacters };
  return null;
}

/** What AWS fills in for such a key holds no wildcard: `${aws:PrincipalAccount}`. */
function isFilledIn(mark: string): boolean {
  return sensitiveKeys.has(mark.slice(2, -1).toLowerCase());
}

/** Left of the colon a mark may only stand for the whole ID. */
function standsLeftOfColon({ text, at }: Mark, value: string): boolean {
  const rest = value.slice(at + text.length);
  const hasColonBefore = value
    .slice(0, at)
    .replaceAll(/\$\{[^}]*\}/g, '')
    .includes(':');
  return !hasColonBefore && !(at === 0 && rest.startsWith(':'));
}

/** Wildcards and variables in order; `${*}`, `${?}` and `${$}` are letters. */
function marksOf(value: string): readonly Mark[] {
  const marks: Mark[] = [];
  let end = 0;
  for (const match of value.matchAll(/\$\{[^}*?$]+\}|(?:(?<!\$\{)[*?])+/g)) {
    marks.push({ text: match[0], at: match.index, before: value.slice(end, match.index) });
    end = match.index + match[0].length;
  }
  return marks;
}

const startMinCharacters = 6;

const sensitiveKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
]);
