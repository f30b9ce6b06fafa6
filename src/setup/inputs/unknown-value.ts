/**
 * A value that exists and cannot be known from the text at hand: Terraform knows it after apply, CloudFormation when
 * it makes the stack. Never the same as "there is none".
 */
export class UnknownValue {
  /** One clause that says what it hangs on: `the parameter KeyArn has no value`. */
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

export type Known<T> = T | UnknownValue;

export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}

/** `value`, or `otherwise` where it is not known. */
export function knownOr<T, Otherwise>(value: Known<T>, otherwise: Otherwise): T | Otherwise {
  return isUnknown(value) ? otherwise : value;
}
