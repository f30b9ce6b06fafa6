/**
 * An error of the AWS surface: code, status and text are AWS's own; no help of ours goes on the wire.
 * Made only through the `errors.ts` table of a service.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  /** Further members of the error document (`BucketName`, `Key`, `AWSAccessKeyId`, ...), in order. */
  readonly members: Readonly<Record<string, string>>;
  /** Response headers that belong to the error (`x-amz-delete-marker`, `x-amz-bucket-region`). */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    row: ErrorRow,
    message: string,
    members: Record<string, string> = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.code = row.code;
    this.status = row.status;
    this.members = members;
    this.headers = headers;
  }
}

/** One error of a service: a line in its table. `text` holds `{placeholders}`; an empty text sends no message. */
export interface ErrorRow {
  readonly code: string;
  readonly status: number;
  readonly text: string;
  /** Where the text comes from: `recorded`, `documented`, `observed`, or `ours` where AWS's words are unknown. */
  readonly wording: 'recorded' | 'documented' | 'observed' | 'ours';
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type ErrorMaker<Row extends ErrorRow> = [Placeholders<Row['text']>] extends [never]
  ? (
      values?: Record<string, never>,
      members?: Record<string, string>,
      headers?: Record<string, string>,
    ) => AwsError
  : (
      values: Record<Placeholders<Row['text']>, string>,
      members?: Record<string, string>,
      headers?: Record<string, string>,
    ) => AwsError;

/**
 * The error makers of a table: `errors.keyDoesNotExist({ arn })`. A missing placeholder does not compile.
 * Declare rows `as const`.
 */
export function defineErrors<const Rows extends Record<string, ErrorRow>>(
  rows: Rows,
): { readonly [Name in keyof Rows]: ErrorMaker<Rows[Name]> } {
  const makers: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(rows)) {
    makers[name] = (
      values: Record<string, string> = {},
      members?: Record<string, string>,
      headers?: Record<string, string>,
    ) =>
      new AwsError(
        row,
        row.text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? ''),
        members,
        headers,
      );
  }
  return makers as { readonly [Name in keyof Rows]: ErrorMaker<Rows[Name]> };
}
