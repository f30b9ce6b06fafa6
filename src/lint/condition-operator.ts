/** The engine's condition operators by the type that they compare, for findings about their use. */
import { conditionOperators } from '../policy/operators.ts';
import type { ConditionKeyType } from './condition-key.ts';

export type OperatorFamily = ConditionKeyType | 'Null';

/** The family of an operator without qualifier and `IfExists`; `null`: AWS has no such operator. */
export function operatorFamily(base: string): OperatorFamily | null {
  return isOperatorName(base) ? familyOf[conditionOperators[base].type] : null;
}

/** The names of all operators, without qualifiers. */
export const operatorNames: readonly string[] = Object.keys(conditionOperators);

/** The plain operator of each type, to offer. */
export const plainOperators = {
  String: 'StringEquals',
  ARN: 'ArnEquals',
  Bool: 'Bool',
  Numeric: 'NumericEquals',
  Date: 'DateEquals',
  IPAddress: 'IpAddress',
  Binary: 'BinaryEquals',
} as const satisfies Record<ConditionKeyType, keyof typeof conditionOperators>;

const familyOf = {
  string: 'String',
  numeric: 'Numeric',
  date: 'Date',
  bool: 'Bool',
  binary: 'Binary',
  ip: 'IPAddress',
  arn: 'ARN',
  null: 'Null',
} as const satisfies Record<
  (typeof conditionOperators)[keyof typeof conditionOperators]['type'],
  OperatorFamily
>;

function isOperatorName(name: string): name is keyof typeof conditionOperators {
  return Object.hasOwn(conditionOperators, name);
}
