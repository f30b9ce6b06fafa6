/** The operations of a service, out of the schemas that its official client exports. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { ClientSchemas } from './declaration.ts';
import { redacted } from './redact.ts';

export interface OperationSchema {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path template with query, and success status: of REST operations only. */
  readonly http: { readonly method: string; readonly path: string; readonly status: number } | null;
}

/** The first element of an operation's schema, in the notation of the SDK. */
const operationMark = 9;

/** Every operation by its name. */
export function operationSchemas(schemas: ClientSchemas): ReadonlyMap<string, OperationSchema> {
  const operations = new Map<string, OperationSchema>();
  for (const [exportName, exported] of Object.entries(schemas)) {
    if (!exportName.endsWith('$') || !isOperation(exported)) continue;
    const [, , name, traits, input, output] = exported;
    operations.set(name, {
      name,
      input: NormalizedSchema.of(input()),
      output: NormalizedSchema.of(output()),
      http: httpOf(traits),
    });
  }
  return operations;
}

/** The input of an operation without what its schema calls sensitive. */
export function redactedInput(
  operations: ReadonlyMap<string, OperationSchema>,
  name: string,
  input: unknown,
): unknown {
  const schema = operations.get(name)?.input;
  return schema === undefined || schema.isUnitSchema() ? null : redacted(schema, input);
}

type SchemaThunk = () => Parameters<typeof NormalizedSchema.of>[0];
type ExportedOperation = readonly [9, string, string, unknown, SchemaThunk, SchemaThunk];

function isOperation(value: unknown): value is ExportedOperation {
  return Array.isArray(value) && value[0] === operationMark && typeof value[4] === 'function';
}

function httpOf(traits: unknown): OperationSchema['http'] {
  if (typeof traits !== 'object' || traits === null || !('http' in traits)) return null;
  const { http } = traits;
  if (!Array.isArray(http)) return null;
  const [method, path, status] = http as readonly unknown[];
  return typeof method === 'string' && typeof path === 'string' && typeof status === 'number'
    ? { method, path, status }
    : null;
}
