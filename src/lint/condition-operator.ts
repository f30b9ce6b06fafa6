/** The operators of conditions by the type that they compare. Evaluating them is the engine's; this is for findings about their use. */
export const operatorFamilies = {
  String: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  Numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  Date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  Bool: ['Bool'],
  Binary: ['BinaryEquals'],
  IPAddress: ['IpAddress', 'NotIpAddress'],
  ARN: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  Null: ['Null'],
} as const satisfies Record<string, readonly string[]>;

export type OperatorFamily = keyof typeof operatorFamilies;

/** The family of an operator without qualifier and `IfExists`; `null`: AWS has no such operator. */
export function operatorFamily(base: string): OperatorFamily | null {
  for (const [family, names] of Object.entries(operatorFamilies)) {
    if ((names as readonly string[]).includes(base)) return family as OperatorFamily;
  }
  return null;
}
