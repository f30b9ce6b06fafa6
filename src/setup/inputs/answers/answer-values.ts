/** Members of answers, and the policies that stand in them as a text, encoded or not, or as an object. */
import { readJson } from '../../../policy/document/read-json.ts';
import type { DeclaredPolicy, Origin } from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import type { AwsAnswer, Members } from './aws-answer.ts';

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function membersAt(value: Members, name: string): Members {
  const member = Object.hasOwn(value, name) ? value[name] : undefined;
  return isObject(member) ? member : {};
}

export function listAt(value: Members, name: string): readonly Members[] {
  const member = value[name];
  return Array.isArray(member) ? (member as unknown[]).filter(isObject) : [];
}

export function textAt(value: Members, name: string): string | null {
  const member = value[name];
  return typeof member === 'string' && member !== '' ? member : null;
}

/** What the answer holds; not known where the call was refused or not made. */
export function valueOf(answer: AwsAnswer | null, missing: string): Known<Members | null> {
  return answer === null ? new UnknownValue(missing) : answer.value;
}

/** The policy at `pointer` of an answer: an object as the AWS CLI prints it, or the text that AWS sends. */
export function policyIn(
  value: unknown,
  origin: (pointer: string) => Origin,
  what: string,
): Known<DeclaredPolicy> {
  if (isObject(value)) return { document: value, origin: origin('') };
  if (typeof value !== 'string') return new UnknownValue(`${what} is no policy`);
  const text = value.startsWith('%7B') ? decodeURIComponent(value) : value;
  const read = readJson(text, { file: null });
  if (!read.ok || !isObject(read.source.value)) return new UnknownValue(`${what} is no JSON`);
  const whole = origin('');
  // All of it stands where the text stands.
  return { document: read.source.value, origin: { ...whole, locate: () => whole.locate('') } };
}

/** The policy that an answer holds in `member`. */
export function policyOfAnswer(
  answer: AwsAnswer | null,
  member: string,
  address: string,
  missing: string,
): Known<DeclaredPolicy | null> {
  const value = valueOf(answer, missing);
  if (isUnknown(value)) return value;
  if (value === null || answer === null) return null;
  return policyIn(
    value[member],
    (at) => answer.origin(`/${member}${at}`, address),
    `the policy of ${address}`,
  );
}
