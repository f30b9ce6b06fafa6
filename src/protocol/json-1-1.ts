/** AWS JSON 1.1: one path, the operation in a header, JSON both ways. spec: WIRE-JSON-1, WIRE-JSON-2, WIRE-JSON-3 */
import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { defineErrors } from '../services/aws-error.ts';
import type { AwsError } from '../services/aws-error.ts';
import type { JsonDeclaration } from './declaration.ts';
import type { HttpAnswer, HttpHead } from './http-message.ts';
import { readJsonShape } from './json-shape.ts';
import { operationSchemas, redactedInput } from './operation-schemas.ts';
import type { OperationSchema } from './operation-schemas.ts';
import type { Protocol, Routed } from './protocol.ts';
import { epochSeconds, ShapeFault } from './shape-values.ts';

export function jsonProtocol(declaration: JsonDeclaration): Protocol {
  const operations = operationSchemas(declaration.schemas);
  return {
    isBodySigned: true,
    isBodyFaultDeferred: false,
    requestId: (uuid) => uuid,
    route: (request) => route(request, declaration.targetPrefix, operations),
    writeOutput: (name, output, requestId, status = 200) => {
      const schema = operations.get(name)?.output;
      // An operation without output answers with no body at all. spec: WIRE-JSON-2
      const isEmpty = schema === undefined || schema.isUnitSchema();
      return jsonAnswer(status, requestId, isEmpty ? '' : writeJson(schema, output));
    },
    redactInput: (name, input) => redactedInput(operations, name, input),
    writeError: writeJsonError,
  };
}

/** An error in the form of this protocol; also for requests whose service nobody serves. spec: WIRE-JSON-3 */
export function writeJsonError(error: AwsError, request: { readonly id: string }): HttpAnswer {
  const message = error.message === '' ? {} : { message: error.message };
  return jsonAnswer(
    error.status,
    request.id,
    JSON.stringify({ __type: error.code, ...message, ...error.members }),
    error.headers,
  );
}

export const jsonErrors = defineErrors({
  unknownOperation: { code: 'UnknownOperationException', status: 400, text: '', wording: 'observed' },
  serialization: { code: 'SerializationException', status: 400, text: '{text}', wording: 'observed' },
});

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: epochSeconds }, jsonName: false });

function writeJson(schema: OperationSchema['output'], output: unknown): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema, output ?? {});
  return serializer.flush();
}

function route(
  request: HttpHead,
  targetPrefix: string,
  operations: ReadonlyMap<string, OperationSchema>,
): Routed {
  const target = request.headers.get('x-amz-target') ?? '';
  const dot = target.lastIndexOf('.');
  const found = target.slice(0, dot) === targetPrefix ? operations.get(target.slice(dot + 1)) : undefined;
  // spec: WIRE-JSON-1
  if (!found || request.method !== 'POST')
    return { outcome: 'unknown', asked: target || request.path, error: jsonErrors.unknownOperation() };
  return {
    outcome: 'found',
    operation: {
      name: found.name,
      isStreaming: false,
      readHead: () => ({}),
      readBody: (body) => readBody(found, body),
    },
  };
}

function readBody(operation: OperationSchema, body: Uint8Array): Record<string, unknown> {
  if (operation.input.isUnitSchema()) return {};
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return readJsonShape(operation.input, value) as Record<string, unknown>;
  } catch (fault) {
    if (fault instanceof ShapeFault)
      throw jsonErrors.serialization({
        text: `Member '${fault.path.join('.')}' must be ${fault.message}`,
      });
    if (fault instanceof SyntaxError || fault instanceof TypeError)
      throw jsonErrors.serialization({ text: '' });
    throw fault;
  }
}

function jsonAnswer(
  status: number,
  requestId: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId, ...headers },
    body,
  };
}
