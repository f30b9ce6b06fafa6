/** Something in a document that keeps it from being read: a stable code, the place, and the sentence's parts. */
export interface Fault {
  readonly code: string;
  /** One clause, lower case, no full stop; the user's text in backticks. */
  readonly message: string;
  /** What would have been accepted, or what to do: an imperative. */
  readonly next: string | null;
  readonly file: string | null;
  /** JSON pointer of the faulty node within the document (not the policy), `''` for the whole. */
  readonly pointer: string;
  /** From 1; `null` where the text is not at hand (a value given to the library). */
  readonly line: number | null;
  readonly column: number | null;
}
