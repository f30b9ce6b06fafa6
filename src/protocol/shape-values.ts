/** Simple values as text, by their schema: numbers, Booleans, timestamps, blobs. */
import type { NormalizedSchema } from '@smithy/core/schema';

/** The SDK's marks for the formats of timestamps. */
export type TimestampFormat = 5 | 6 | 7;
export const dateTime = 5;
export const httpDate = 6;
export const epochSeconds = 7;

/** A value that its schema does not take. The protocol puts it in its own words. */
export class ShapeFault extends Error {
  override readonly name = 'ShapeFault';
  /** Member names from the input down: `Tags`, `0`, `Key`. */
  readonly path: readonly (string | number)[];

  constructor(message: string, path: readonly (string | number)[]) {
    super(message);
    this.path = path;
  }
}

/** Values nested deeper than this are no input of any AWS operation. */
export const shapeMaxDepth = 64;

/** @throws {ShapeFault} the text is no value of this schema */
export function readSimple(
  schema: NormalizedSchema,
  text: string,
  timestampFormat: TimestampFormat,
  path: readonly (string | number)[],
): unknown {
  if (schema.isStringSchema()) return text;
  if (schema.isBooleanSchema()) {
    if (/^true$/i.test(text)) return true;
    if (/^false$/i.test(text)) return false;
    throw new ShapeFault('a Boolean', path);
  }
  if (schema.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) throw new ShapeFault('a number', path);
    return number;
  }
  if (schema.isTimestampSchema()) return readTimestamp(text, formatOf(schema, timestampFormat), path);
  if (schema.isBlobSchema()) return readBase64(text, path);
  throw new ShapeFault('a simple value', path);
}

/** The text of a value in a header. */
export function writeSimple(
  schema: NormalizedSchema,
  value: unknown,
  timestampFormat: TimestampFormat,
): string {
  if (value instanceof Date) {
    switch (formatOf(schema, timestampFormat)) {
      case dateTime:
        return value.toISOString();
      case httpDate:
        return value.toUTCString();
      case epochSeconds:
        return String(value.getTime() / 1000);
    }
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}

export function readBase64(text: string, path: readonly (string | number)[]): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1)
    throw new ShapeFault('base64', path);
  return new Uint8Array(Buffer.from(text, 'base64'));
}

export function readTimestamp(
  value: string | number,
  format: TimestampFormat,
  path: readonly (string | number)[],
): Date {
  const millis =
    typeof value === 'number' || (format === epochSeconds && /^-?[\d.]+$/.test(value))
      ? Number(value) * 1000
      : Date.parse(value);
  const date = new Date(millis);
  if (Number.isNaN(date.getTime())) throw new ShapeFault('a timestamp', path);
  return date;
}

function formatOf(schema: NormalizedSchema, otherwise: TimestampFormat): TimestampFormat {
  const mark = schema.getSchema();
  return mark === dateTime || mark === httpDate || mark === epochSeconds ? mark : otherwise;
}
