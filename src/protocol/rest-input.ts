/** Reads the members of a REST input that stand in the path, the query and the headers. spec: WIRE-REST-4 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { headerText } from './http-message.ts';
import type { Headers } from './http-message.ts';
import type { RestAddress } from './rest-address.ts';
import { restMembers, type RestMember } from './rest-members.ts';
import { dateTime, httpDate, readSimple, ShapeFault } from './shape-values.ts';

export interface RestHead {
  readonly address: RestAddress;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly headers: Headers;
}

/** @throws {ShapeFault} with the wire name of the header or parameter as its path */
export function readRestHead(input: NormalizedSchema, head: RestHead): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const member of restMembers(input)) {
    const value = readMember(member, head);
    if (value !== undefined) result[member.name] = value;
  }
  return result;
}

function readMember({ name, schema, place }: RestMember, head: RestHead): unknown {
  switch (place.in) {
    case 'path':
      return (name === 'Bucket' ? head.address.bucket : head.address.key) ?? undefined;
    case 'query':
      return readQueryMember(schema, place.name, head);
    case 'header':
      return readHeaderMember(schema, place.name, head);
    case 'headers':
      return readPrefixed(place.prefix, head);
    case 'payload':
    case 'document':
      return undefined;
  }
}

function readQueryMember(member: NormalizedSchema, name: string, head: RestHead): unknown {
  const values = head.query.get(name);
  if (!values) return undefined;
  if (member.isListSchema())
    return values.map((value) => readSimple(member.getValueSchema(), value, dateTime, [name]));
  return readWhole(member, values[0] ?? '', dateTime, name);
}

function readHeaderMember(member: NormalizedSchema, name: string, head: RestHead): unknown {
  const raw = head.headers.get(name);
  if (raw === undefined) return undefined;
  const value = headerText(raw).trim();
  if (member.isListSchema())
    return value.split(',').map((item) => readSimple(member.getValueSchema(), item.trim(), httpDate, [name]));
  // A date that is none is as if it were not there: HTTP's rule, and AWS's for conditions.
  if (member.isTimestampSchema() && member.getSchema() === 4 && Number.isNaN(Date.parse(value)))
    return undefined;
  if (name === 'content-encoding') return contentEncoding(value);
  return readWhole(member, value, httpDate, name);
}

/** Whole numbers only: AWS has no fractions in headers and queries. */
function readWhole(
  member: NormalizedSchema,
  value: string,
  timestampFormat: typeof dateTime | typeof httpDate,
  name: string,
): unknown {
  if (member.isNumericSchema() && !/^-?\d{1,15}$/.test(value)) throw new ShapeFault(value, [name]);
  try {
    return readSimple(member, value, timestampFormat, [name]);
  } catch (fault) {
    if (fault instanceof ShapeFault) throw new ShapeFault(value, [name]);
    throw fault;
  }
}

function readPrefixed(prefix: string, head: RestHead): Readonly<Record<string, string>> | undefined {
  const entries = [...head.headers]
    .filter(([name]) => name.startsWith(prefix) && name.length > prefix.length)
    .map(([name, value]) => [name.slice(prefix.length), headerText(value).trim()] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `aws-chunked` belongs to the transport, not to the object. spec: WIRE-CHUNK-5 */
function contentEncoding(value: string): string | undefined {
  const kept = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.toLowerCase() !== 'aws-chunked');
  return kept.length === 0 ? undefined : kept.join(',');
}
