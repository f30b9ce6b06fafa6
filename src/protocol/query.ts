/** The query protocol: a form in, XML out. spec: WIRE-QUERY-1, WIRE-QUERY-2, WIRE-QUERY-3 */
import { XmlCodec } from '@aws-sdk/core/protocols';
import { defineErrors } from '../services/aws-error.ts';
import type { AwsError } from '../services/aws-error.ts';
import type { QueryDeclaration } from './declaration.ts';
import { readFormShape } from './form-shape.ts';
import type { HttpAnswer, HttpHead } from './http-message.ts';
import { operationSchemas, redactedInput } from './operation-schemas.ts';
import type { OperationSchema } from './operation-schemas.ts';
import type { Protocol, Routed } from './protocol.ts';
import { queryParameters } from './query-string.ts';
import { dateTime, ShapeFault } from './shape-values.ts';
import { escapeControls, xmlMembers } from './xml-text.ts';

export function queryProtocol(declaration: QueryDeclaration): Protocol {
  const operations = operationSchemas(declaration.schemas);
  const codec = new XmlCodec({
    timestampFormat: { useTrait: true, default: dateTime },
    xmlNamespace: declaration.xmlNamespace,
    serviceNamespace: '',
  });
  return {
    isBodySigned: true,
    isBodyFaultDeferred: false,
    requestId: (uuid) => uuid,
    route: (request, body) => route(formOf(request, body), declaration, operations),
    writeOutput: (name, output, requestId, status = 200) => {
      const schema = operations.get(name)?.output;
      const result =
        schema === undefined || schema.isUnitSchema()
          ? ''
          : `<${name}Result>${writeMembers(codec, schema, output)}</${name}Result>`;
      // spec: WIRE-QUERY-2
      return xmlAnswer(
        status,
        requestId,
        `<${name}Response xmlns="${declaration.xmlNamespace}">${result}<ResponseMetadata>${xmlMembers({ RequestId: requestId })}</ResponseMetadata></${name}Response>`,
      );
    },
    redactInput: (name, input) => redactedInput(operations, name, input),
    writeError: (error, request) => writeQueryError(error, request, declaration.xmlNamespace),
  };
}

/** An error in the form of this protocol; also for requests whose service nobody serves. spec: WIRE-QUERY-3 */
export function writeQueryError(
  error: AwsError,
  request: { readonly id: string },
  xmlNamespace: string | null,
): HttpAnswer {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const members = xmlMembers({ Type: type, Code: error.code, Message: error.message, ...error.members });
  const namespace = xmlNamespace === null ? '' : ` xmlns="${xmlNamespace}"`;
  const body = `<ErrorResponse${namespace}><Error>${members}</Error>${xmlMembers({ RequestId: request.id })}</ErrorResponse>`;
  return xmlAnswer(error.status, request.id, body, error.headers);
}

export const queryErrors = defineErrors({
  invalidAction: {
    code: 'InvalidAction',
    status: 400,
    text: 'Could not find operation {action} for version {version}',
    wording: 'observed',
  },
  missingAction: { code: 'MissingAction', status: 400, text: 'Missing Action', wording: 'ours' },
  malformedInput: { code: 'MalformedInput', status: 400, text: '{text}', wording: 'ours' },
});

/** Parameters of the body, or of the address for a GET. */
export function formOf(request: HttpHead, body: Uint8Array): ReadonlyMap<string, string> {
  return queryParameters(
    request.method === 'GET' || body.length === 0 ? request.query : Buffer.from(body).toString('latin1'),
  );
}

function route(
  form: ReadonlyMap<string, string>,
  declaration: QueryDeclaration,
  operations: ReadonlyMap<string, OperationSchema>,
): Routed {
  const action = form.get('Action') ?? '';
  const version = form.get('Version') ?? declaration.apiVersion;
  if (action === '') return { outcome: 'unknown', asked: '', error: queryErrors.missingAction() };
  const found = version === declaration.apiVersion ? operations.get(action) : undefined;
  // spec: WIRE-QUERY-1
  if (!found)
    return { outcome: 'unknown', asked: action, error: queryErrors.invalidAction({ action, version }) };
  return {
    outcome: 'found',
    operation: {
      name: found.name,
      isStreaming: false,
      readHead: () => ({}),
      readBody: () => readInput(found, form),
    },
  };
}

function readInput(operation: OperationSchema, form: ReadonlyMap<string, string>): Record<string, unknown> {
  try {
    return readFormShape(operation.input, form);
  } catch (fault) {
    if (!(fault instanceof ShapeFault)) throw fault;
    throw queryErrors.malformedInput({ text: `${fault.path.join('.')} must be ${fault.message}` });
  }
}

/** The codec writes a document; what stands in its root is the result. */
function writeMembers(codec: XmlCodec, schema: OperationSchema['output'], output: unknown): string {
  const serializer = codec.createSerializer();
  serializer.write(schema, output ?? {});
  const document = String(serializer.flush());
  const start = document.indexOf('>') + 1;
  const end = document.lastIndexOf('</');
  return end < start ? '' : escapeControls(document.slice(start, end));
}

function xmlAnswer(
  status: number,
  requestId: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...headers },
    body,
  };
}
