/**
 * A document with the place of each of its nodes. Values are plain JSON values; positions are found by pointer,
 * only when a finding or an error needs one.
 */
export interface SourceText {
  readonly file: string | null;
  readonly text: string;
  readonly value: unknown;
  /** Place of the node at this JSON pointer (RFC 6901): line and column from 1, offset and length in UTF-16 units of `text`. `null`: no such node. */
  readonly locate: (pointer: string) => {
    readonly line: number;
    readonly column: number;
    readonly offset: number;
    readonly length: number;
  } | null;
}
