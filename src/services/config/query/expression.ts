/** An expression of SelectResourceConfig as it is written: AWS's subset of SQL as a tree. */

/** Both count from 1, in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Expression {
  readonly select: readonly SelectItem[];
  readonly where: Predicate | null;
  readonly groupBy: readonly PropertyName[];
  readonly orderBy: readonly OrderItem[];
}

export type SelectItem = Everything | PropertyName | Aggregate;

export interface Everything {
  readonly kind: 'everything';
  readonly at: Place;
}

/** `configuration.imageId`. */
export interface PropertyName {
  readonly kind: 'property';
  readonly name: string;
  readonly at: Place;
}

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly function: AggregateFunction;
  /** `null`: `*`, which only COUNT takes. */
  readonly property: PropertyName | null;
  readonly at: Place;
}

export const aggregateFunctions = ['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

export type Predicate =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  | {
      readonly kind: 'compare';
      readonly property: PropertyName;
      readonly operator: ComparisonOperator;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly property: PropertyName; readonly values: readonly Literal[] }
  | {
      readonly kind: 'between';
      readonly property: PropertyName;
      readonly low: Literal;
      readonly high: Literal;
    }
  | { readonly kind: 'like'; readonly property: PropertyName; readonly pattern: Literal };

export const comparisonOperators = ['=', '!=', '<', '<=', '>', '>='] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export interface Literal {
  readonly value: string | number | boolean;
  readonly at: Place;
}

export interface OrderItem {
  readonly by: PropertyName | Aggregate;
  readonly isDescending: boolean;
}
