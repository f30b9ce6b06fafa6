/**
 * REST with XML: method, path, query and headers say what is asked; bodies are XML or plain bytes.
 * spec: WIRE-REST-1, WIRE-REST-4, WIRE-REST-5, WIRE-REST-6
 */
import { XmlCodec } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { createHash, hash } from 'node:crypto';
import { defineErrors } from '../services/aws-error.ts';
import type { AwsError } from '../services/aws-error.ts';
import type { RestXmlDeclaration } from './declaration.ts';
import type { HttpAnswer, HttpHead } from './http-message.ts';
import { operationSchemas, redactedInput } from './operation-schemas.ts';
import type { OperationSchema } from './operation-schemas.ts';
import { payloadErrors } from './payload-errors.ts';
import type { Protocol, Routed } from './protocol.ts';
import { queryValues } from './query-string.ts';
import { hostBucketOf, restAddress } from './rest-address.ts';
import { readRestHead } from './rest-input.ts';
import { restMembers } from './rest-members.ts';
import type { RestMember } from './rest-members.ts';
import { findRoute, restRoutes } from './rest-router.ts';
import type { RestRoutes } from './rest-router.ts';
import { dateTime, httpDate, ShapeFault, writeSimple } from './shape-values.ts';
import { parseXml, XmlMalformed } from './xml-document.ts';
import { readXmlShape } from './xml-shape.ts';
import { escapeControls, xmlDeclaration, xmlMembers } from './xml-text.ts';

export function restXmlProtocol(declaration: RestXmlDeclaration): Protocol {
  const operations = operationSchemas(declaration.schemas);
  const routes = restRoutes(operations, {
    requiredMembers: declaration.requiredMembers ?? {},
    notServed: declaration.notServed ?? [],
  });
  const codec = new XmlCodec({
    timestampFormat: { useTrait: true, default: dateTime },
    xmlNamespace: declaration.xmlNamespace,
    serviceNamespace: declaration.serviceNamespace,
  });
  return {
    isBodySigned: false,
    // spec: WIRE-REST-6
    isBodyFaultDeferred: true,
    // Sixteen characters, as S3 has it.
    requestId: (uuid) => uuid.replaceAll('-', '').slice(0, 16).toUpperCase(),
    route: (request) => route(request, routes),
    writeOutput: (name, output, requestId, status) => {
      const operation = operations.get(name);
      const unwrapped = declaration.unwrappedOutputs?.[name];
      return writeOutput(codec, operation, { output: recordOf(output), requestId, status, unwrapped });
    },
    redactInput: (name, input) => redactedInput(operations, name, input),
    writeError: writeRestError,
  };
}

/** An error document; a HEAD request gets the status alone. spec: WIRE-REST-5 */
export function writeRestError(
  error: AwsError,
  request: { readonly method: string; readonly id: string },
): HttpAnswer {
  const hasBody = request.method !== 'HEAD' && error.status !== 304;
  const message: Record<string, string> = error.message === '' ? {} : { Message: error.message };
  const members = { Code: error.code, ...message, ...error.members };
  const ids = { RequestId: request.id, HostId: hostIdOf(request.id) };
  return {
    status: error.status,
    headers: {
      ...idHeaders(request.id),
      ...(hasBody ? { 'content-type': 'application/xml' } : {}),
      ...error.headers,
    },
    body: hasBody ? `${xmlDeclaration}<Error>${xmlMembers(members)}${xmlMembers(ids)}</Error>` : null,
  };
}

export const restErrors = defineErrors({
  methodNotAllowed: {
    code: 'MethodNotAllowed',
    status: 405,
    text: 'The specified method is not allowed against this resource.',
    wording: 'recorded',
  },
  malformedXml: {
    code: 'MalformedXML',
    status: 400,
    text: 'The XML you provided was not well-formed or did not validate against our published schema',
    wording: 'recorded',
  },
  notInteger: {
    code: 'InvalidArgument',
    status: 400,
    text: 'Provided {name} not an integer or within integer range',
    wording: 'observed',
  },
  invalidArgument: { code: 'InvalidArgument', status: 400, text: 'Invalid Argument', wording: 'documented' },
  invalidUri: {
    code: 'InvalidURI',
    status: 400,
    text: "Couldn't parse the specified URI.",
    wording: 'documented',
  },
});

function route(request: HttpHead, routes: RestRoutes): Routed {
  const asked = `${request.method} ${request.path}`;
  const address = restAddress(request.path, hostBucketOf(request.headers.get('host') ?? ''));
  if (address === null) return { outcome: 'unknown', asked, error: restErrors.invalidUri() };
  const level = address.bucket === null ? 'service' : address.key === null ? 'bucket' : 'key';
  const query = queryValues(request.query);
  const first = new Map([...query].map(([name, values]) => [name, values[0] ?? '']));
  const operation = findRoute(routes, { ...request, level, query: first });
  // spec: WIRE-REST-2
  if (operation === null) {
    const members = {
      Method: request.method,
      ResourceType: level === 'key' ? 'OBJECT' : level.toUpperCase(),
    };
    return { outcome: 'unknown', asked, error: restErrors.methodNotAllowed({}, members) };
  }
  const payload = restMembers(operation.input).find(({ place }) => place.in === 'payload') ?? null;
  const isStreaming = payload?.place.in === 'payload' && payload.place.isStreaming;
  return {
    outcome: 'found',
    operation: {
      name: operation.name,
      isStreaming,
      readHead: () => {
        if (isStreaming) assertLength(request);
        try {
          return readRestHead(operation.input, { address, query, headers: request.headers });
        } catch (fault) {
          throw fault instanceof ShapeFault ? argumentError(fault) : fault;
        }
      },
      readBody: (body) => {
        assertContentMd5(request, body);
        return readBody(operation.input, payload, body);
      },
    },
  };
}

function argumentError(fault: ShapeFault): AwsError {
  const name = String(fault.path[0] ?? '');
  const members = { ArgumentName: name, ArgumentValue: fault.message };
  return /^-?\d|^[a-z]*$/i.test(fault.message) && !name.startsWith('x-amz-')
    ? restErrors.notInteger({ name }, members)
    : restErrors.invalidArgument({}, members);
}

/** An object whose length nobody tells is not taken. spec: WIRE-BODY-4 */
function assertLength({ headers }: HttpHead): void {
  if (headers.has('x-amz-decoded-content-length') || headers.has('content-length')) return;
  // A chunked stream of S3's own kind says by itself that the length is missing.
  if (headers.get('x-amz-content-sha256')?.startsWith('STREAMING-') === true) return;
  if (headers.has('transfer-encoding'))
    throw payloadErrors.notImplementedHeader({}, { Header: 'Transfer-Encoding' });
  throw payloadErrors.missingLength();
}

/** Streaming operations verify the digest themselves: only they see the bytes. spec: WIRE-BODY-3 */
function assertContentMd5(request: HttpHead, body: Uint8Array): void {
  const given = request.headers.get('content-md5');
  if (given === undefined) return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given)) throw payloadErrors.invalidDigest({}, { 'Content-MD5': given });
  const calculated = createHash('md5').update(body).digest('base64');
  if (calculated !== given)
    throw payloadErrors.badDigest({}, { ExpectedDigest: given, CalculatedDigest: calculated });
}

function readBody(
  input: NormalizedSchema,
  payload: RestMember | null,
  body: Uint8Array,
): Record<string, unknown> {
  if (payload === null || body.length === 0) return {};
  const text = decodeText(body);
  if (payload.schema.isBlobSchema()) return { [payload.name]: body };
  if (payload.schema.isStringSchema()) return { [payload.name]: text };
  try {
    const root = parseXml(text);
    const expected = payload.schema.getMergedTraits().xmlName ?? payload.schema.getName();
    if (root.name !== expected) throw restErrors.malformedXml();
    return { [payload.name]: readXmlShape(payload.schema, root, [payload.name]) };
  } catch (fault) {
    if (fault instanceof XmlMalformed || fault instanceof ShapeFault) throw restErrors.malformedXml();
    throw fault;
  }
}

function decodeText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw restErrors.malformedXml();
  }
}

interface OutputOptions {
  readonly output: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly status: number | undefined;
  readonly unwrapped: string | undefined;
}

function writeOutput(
  codec: XmlCodec,
  operation: OperationSchema | undefined,
  options: OutputOptions,
): HttpAnswer {
  const status = options.status ?? operation?.http?.status ?? 200;
  const headers: Record<string, string> = idHeaders(options.requestId);
  if (!operation || operation.output.isUnitSchema()) return { status, headers, body: null };
  const inBody: Record<string, unknown> = {};
  let hasBodyMembers = false;
  let payload: { readonly member: NormalizedSchema; readonly value: unknown } | null = null;
  for (const { name, schema: member, place } of restMembers(operation.output)) {
    const value = options.output[name];
    if (place.in === 'header') writeHeader(headers, place.name, member, value);
    else if (place.in === 'headers')
      for (const [suffix, text] of Object.entries(recordOf(value)))
        headers[`${place.prefix}${suffix}`.toLowerCase()] = wireHeader(String(text));
    else if (place.in === 'payload') payload = { member, value };
    else {
      hasBodyMembers = true;
      if (value !== undefined && value !== null) inBody[name] = value;
    }
  }
  if (payload) return writePayload(codec, payload.member, { status, headers, value: payload.value });
  if (!hasBodyMembers) return { status, headers, body: null };
  const only = options.unwrapped === undefined ? null : inBody[options.unwrapped];
  const document = writeXml(codec, operation.output, options.unwrapped === undefined ? inBody : {});
  // One member that is itself the root: its text goes where its element would. spec: WIRE-REST-7
  const body = only === null ? document : withText(document, typeof only === 'string' ? only : '');
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

function writePayload(
  codec: XmlCodec,
  member: NormalizedSchema,
  answer: { readonly status: number; readonly headers: Record<string, string>; readonly value: unknown },
): HttpAnswer {
  const { status, headers, value } = answer;
  if (value === undefined || value === null) return { status, headers, body: null };
  if (typeof value === 'string' || value instanceof Uint8Array || isAsyncIterable(value))
    return { status, headers, body: value };
  return {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
    body: writeXml(codec, member, value),
  };
}

function writeXml(codec: XmlCodec, schema: NormalizedSchema, value: unknown): string {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  return xmlDeclaration + escapeControls(String(serializer.flush()));
}

function withText(document: string, text: string): string {
  const match = /<(\w+)([^<>]*?)\/?>(?:<\/\w+>)?$/.exec(document);
  if (!match) return document;
  const [element, name, attributes] = match;
  return `${document.slice(0, -element.length)}<${name}${attributes}>${text}</${name}>`;
}

function writeHeader(
  headers: Record<string, string>,
  name: string,
  member: NormalizedSchema,
  value: unknown,
): void {
  if (value === undefined || value === null) return;
  const text = Array.isArray(value)
    ? value.map((item) => writeSimple(member.getValueSchema(), item, httpDate)).join(',')
    : writeSimple(member, value, httpDate);
  headers[name] = wireHeader(text);
}

/** UTF-8 on the wire; Node writes one byte a character. Line breaks would end the header. */
function wireHeader(text: string): string {
  // The usual header is printable ASCII: nothing to encode.
  if (/^[\t\x20-\x7e]*$/.test(text)) return text;
  return Buffer.from(text.replace(/[\r\n\0]/g, ' '), 'utf8').toString('latin1');
}

function idHeaders(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostIdOf(requestId) };
}

/** AWS's second identifier means something to AWS alone; ours follows from the first. */
function hostIdOf(requestId: string): string {
  return hash('sha512', requestId, 'base64').slice(0, 76);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function isAsyncIterable(value: unknown): value is AsyncIterable<Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
