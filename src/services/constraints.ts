/**
 * The sentence in which AWS's services report that an input breaks its model: the same words in KMS, Config, STS and SNS.
 * Only the words: each service throws them as its own error.
 * spec: KMS-VALID-1
 */

/** One broken constraint. */
export interface ConstraintFault {
  /** As AWS prints it: lower-case first letters, list places from 1: `tags.1.member.tagValue`. */
  readonly path: string;
  /** The value as AWS prints it; `null` prints the word null; `undefined`: binary or sensitive, not printed. */
  readonly value: string | null | undefined;
  /** `have length less than or equal to 256`. */
  readonly must: string;
}

/** `1 validation error detected: ...`, or `null` when nothing is wrong. */
export function constraintText(faults: readonly (ConstraintFault | null)[]): string | null {
  const found = faults.filter((fault) => fault !== null);
  if (found.length === 0) return null;
  const errors = `${found.length} validation error${found.length === 1 ? '' : 's'} detected`;
  return `${errors}: ${found.map(faultText).join('; ')}`;
}

function faultText({ path, value, must }: ConstraintFault): string {
  const shown = value === undefined ? 'Value' : value === null ? 'Value null' : `Value '${value}'`;
  return `${shown} at '${path}' failed to satisfy constraint: Member must ${must}`;
}

/** A member that has to be there. */
export function required(path: string, value: unknown): ConstraintFault | null {
  return value === undefined || value === null ? { path, value: null, must: 'not be null' } : null;
}

/** Length in characters of a text, in bytes of binary data, in members of a list. Absent values pass. */
export function lengthBetween(
  path: string,
  value: string | Uint8Array | readonly unknown[] | undefined,
  min: number,
  max: number,
): ConstraintFault | null {
  if (value === undefined) return null;
  const printed =
    typeof value === 'string' ? value : value instanceof Uint8Array ? undefined : `[${value.join(', ')}]`;
  if (value.length > max) return { path, value: printed, must: `have length less than or equal to ${max}` };
  if (value.length < min)
    return { path, value: printed, must: `have length greater than or equal to ${min}` };
  return null;
}

/** A number within its range. Absent values pass. */
export function numberBetween(
  path: string,
  value: number | undefined,
  min: number,
  max: number,
): ConstraintFault | null {
  if (value === undefined) return null;
  if (value > max) return { path, value: String(value), must: `have value less than or equal to ${max}` };
  if (value < min) return { path, value: String(value), must: `have value greater than or equal to ${min}` };
  return null;
}

/** A text that has the form of `pattern`, which is printed as written. Absent values pass. */
export function matching(path: string, value: string | undefined, pattern: RegExp): ConstraintFault | null {
  if (value === undefined || pattern.test(value)) return null;
  return { path, value, must: `satisfy regular expression pattern: ${pattern.source}` };
}

/** One of the values of an enumeration. Absent values pass. */
export function oneOf(
  path: string,
  value: string | undefined,
  values: readonly string[],
): ConstraintFault | null {
  if (value === undefined || values.includes(value)) return null;
  return { path, value, must: `satisfy enum value set: [${values.join(', ')}]` };
}
