/**
 * A question about the records of one collection, as data: a store runs it in its own language, or by reading the
 * records one by one. What it means stands here, so that every store answers alike.
 *
 * A path leads through members. Where it meets an array, each element stands for it, so that a path may lead to many
 * values; texts, numbers and booleans count, everything else is no value. A condition holds if it holds for one of
 * them, and `not` turns that around: it holds where there is no value, too. Values of different types are never equal,
 * and neither is more than the other.
 *
 * Where one value is needed, to sort, to group or to sum by, an array on the path stands for its first element.
 */
import type { Stored } from './records.ts';

export type Scalar = string | number | boolean;

/** Names of members, the outermost first: letters, digits, `_` and `-`. */
export type Path = readonly string[];

/** What is compared, sorted or summed. */
export type Operand =
  | {
      readonly kind: 'path';
      readonly path: Path;
      /** Without values unless the text at that path begins so. */
      readonly onlyIf?: { readonly path: Path; readonly startsWith: string };
    }
  /** The members of an object of texts: their names, their values, or both as `name=value`. */
  | { readonly kind: 'entries'; readonly path: Path; readonly part: 'key' | 'value' | 'pair' }
  /** The same for every record. */
  | { readonly kind: 'constant'; readonly value: Scalar };

export type Condition =
  /** Without members, it always holds. */
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  /** Without members, it never holds. */
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | ({ readonly kind: 'test'; readonly operand: Operand } & ValueTest);

/** What one value must be. Texts are ordered by their UTF-8 bytes, `false` comes before `true`. */
export type ValueTest =
  | { readonly test: '=' | '<' | '<=' | '>' | '>='; readonly value: Scalar }
  /** Both included. */
  | { readonly test: 'between'; readonly low: Scalar; readonly high: Scalar }
  | { readonly test: 'among'; readonly values: readonly Scalar[] }
  /** A text that begins so and goes on for so many characters; `restMax: null`: for any more. */
  | {
      readonly test: 'like';
      readonly startsWith: string;
      readonly restMin: number;
      readonly restMax: number | null;
    };

/** Which records are looked at, before any condition. */
export type Scope =
  /** Those whose keys begin with one of these. None of them begins with another. */
  | { readonly kind: 'keys'; readonly prefixes: readonly string[] }
  /** Those that an index of the collection has under this value. */
  | { readonly kind: 'index'; readonly index: string; readonly value: string };

/** Ascending: no value, booleans, numbers, texts. */
export interface Order {
  readonly operand: Operand;
  readonly isDescending: boolean;
}

export interface RecordSelection {
  readonly scope: Scope;
  readonly where: Condition;
  /** Records that are alike in these come in the order of their keys. */
  readonly orderBy: readonly Order[];
  /** Only those that come after this place in the order, which need not be a record's any more. */
  readonly after?: Position;
  readonly limit: number;
}

/** Where a record stands: what it was ordered by, and its key. */
export interface Position {
  readonly values: readonly (Scalar | null)[];
  readonly key: string;
}

export interface Selected<T> {
  /** Its body is not read. */
  readonly record: Stored<T>;
  readonly position: Position;
}

export interface RecordAggregation {
  readonly scope: Scope;
  readonly where: Condition;
  /** None: all records are one group, which is there even if no record is. */
  readonly groupBy: readonly Operand[];
  readonly measures: readonly Measure[];
  /** Groups that are alike in these come in the ascending order of what they are grouped by. */
  readonly orderBy: readonly GroupOrder[];
  /** The group that the answer goes on after. Not together with an order by a measure. */
  readonly after?: readonly (Scalar | null)[];
  readonly limit: number;
}

/**
 * `count` without operand counts records, otherwise those that have a value. The others pass over what they can't
 * use: `sum` and `avg` all but numbers, `min` and `max` booleans. Nothing left is `null`.
 */
export type Measure =
  | { readonly kind: 'count'; readonly operand: Operand | null }
  | { readonly kind: 'min' | 'max' | 'sum' | 'avg'; readonly operand: Operand };

export interface GroupOrder {
  readonly by: 'group' | 'measure';
  /** Its place in `groupBy` or `measures`. */
  readonly index: number;
  readonly isDescending: boolean;
}

export interface Group {
  /** One for each of `groupBy`; `null`: no value. */
  readonly values: readonly (Scalar | null)[];
  readonly measures: readonly (number | string | null)[];
}

/** How many records an index has under a value. */
export interface Tally {
  readonly value: string;
  readonly count: number;
}

/** Every condition holds without this one. */
export const always: Condition = { kind: 'all', of: [] };

/** A path's members may stand in a store's own language: these can't be mistaken there. */
export const pathMember = /^[\w-]+$/;
