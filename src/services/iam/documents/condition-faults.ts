/**
 * What IAM looks for in a Condition when it stores a policy.
 * spec: IAMAPI-DOC-2, IAMAPI-DOC-4
 */
import { isMembers, type Members } from './members.ts';

// A suffix or prefix is part of the name here: to IAM's grammar they are all operators.
const operatorPattern =
  /^(?:Null|(?:ForAnyValue:|ForAllValues:)?(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?)$/;

const datePattern =
  /^(?:\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?|-?\d+(?:\.\d+)?)$/;

/** Whether the block has the shape of a condition: operators of IAM, each an object of keys with scalars or lists. */
export function isCondition(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isMembers(value)) return false;
  return Object.entries(value).every(
    ([operator, keys]) =>
      isMembers(keys) &&
      (Object.keys(keys).length === 0 || operatorPattern.test(operator)) &&
      Object.values(keys).every((values) => scalarsOf(values) !== null),
  );
}

/** Whether each value that stands beside a date operator is a date or a number of seconds. */
export function hasReadableDates(condition: unknown): boolean {
  if (!isMembers(condition)) return true;
  return Object.entries(condition)
    .filter(([operator]) => /^(?:For\w+:)?Date/.test(operator))
    .flatMap(([, keys]) => Object.values(keys as Members))
    .flatMap((values) => scalarsOf(values) ?? [])
    .every((value) => datePattern.test(String(value)));
}

function scalarsOf(value: unknown): readonly (string | number | boolean)[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isScalar = (item: unknown): item is string | number | boolean =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean';
  return list.every(isScalar) ? list : null;
}
