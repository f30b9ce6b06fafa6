/**
 * Reads JSON into the shape that a schema describes. Strict, unlike a client's reader: what is of another type is
 * a fault, and members that the schema does not know are left out.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { epochSeconds, readBase64, readTimestamp, ShapeFault, shapeMaxDepth } from './shape-values.ts';

/** @throws {ShapeFault} the value is not of this schema */
export function readJsonShape(
  schema: NormalizedSchema,
  value: unknown,
  path: readonly (string | number)[] = [],
): unknown {
  if (path.length > shapeMaxDepth) throw new ShapeFault('less depth', path);
  if (schema.isDocumentSchema()) return value;
  if (schema.isStructSchema()) return readStruct(schema, value, path);
  if (schema.isListSchema()) return readList(schema, value, path);
  if (schema.isMapSchema()) return readMap(schema, value, path);
  if (schema.isTimestampSchema()) {
    if (typeof value === 'number' || typeof value === 'string')
      return readTimestamp(value, epochSeconds, path);
    throw new ShapeFault('a timestamp', path);
  }
  if (schema.isBlobSchema()) {
    if (typeof value === 'string') return readBase64(value, path);
    throw new ShapeFault('base64', path);
  }
  const type = schema.isStringSchema() ? 'string' : schema.isBooleanSchema() ? 'boolean' : 'number';
  if (typeof value !== type) throw new ShapeFault(`a ${type}`, path);
  return value;
}

function readStruct(
  schema: NormalizedSchema,
  value: unknown,
  path: readonly (string | number)[],
): Record<string, unknown> {
  const members = objectOf(value, path);
  const result: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    if (!Object.hasOwn(members, name)) continue;
    const given = members[name];
    // `null` is how some clients write a member that they leave out.
    if (given !== null) result[name] = readJsonShape(member, given, [...path, name]);
  }
  return result;
}

function readList(
  schema: NormalizedSchema,
  value: unknown,
  path: readonly (string | number)[],
): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeFault('a list', path);
  const item = schema.getValueSchema();
  return value.map((given: unknown, i) => readJsonShape(item, given, [...path, i]));
}

function readMap(
  schema: NormalizedSchema,
  value: unknown,
  path: readonly (string | number)[],
): Record<string, unknown> {
  const item = schema.getValueSchema();
  return Object.fromEntries(
    Object.entries(objectOf(value, path)).map(([name, given]) => [
      name,
      readJsonShape(item, given, [...path, name]),
    ]),
  );
}

function objectOf(value: unknown, path: readonly (string | number)[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ShapeFault('a structure', path);
  return value as Record<string, unknown>;
}
