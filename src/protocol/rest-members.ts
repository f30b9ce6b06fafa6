/**
 * Where each member of a REST shape stands on the wire, read from the traits of its schema once: the traits are
 * merged anew at each look, for shapes of fifty members and for every request.
 * spec: WIRE-REST-4
 */
import type { NormalizedSchema } from '@smithy/core/schema';

export interface RestMember {
  readonly name: string;
  readonly schema: NormalizedSchema;
  readonly place: RestPlace;
}

/** Headers and the prefix of headers in lower case, parameters as they are spelt. */
export type RestPlace =
  | { readonly in: 'path' }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'headers'; readonly prefix: string }
  | { readonly in: 'payload'; readonly isStreaming: boolean }
  | { readonly in: 'document' };

const read = new WeakMap<NormalizedSchema, readonly RestMember[]>();

/** The members of an input or an output, in the order of its schema; none of a shape without members. */
export function restMembers(shape: NormalizedSchema): readonly RestMember[] {
  const known = read.get(shape);
  if (known) return known;
  const members = shape.isUnitSchema()
    ? []
    : [...shape.structIterator()].map(([name, schema]) => ({ name, schema, place: placeOf(schema) }));
  read.set(shape, members);
  return members;
}

function placeOf(member: NormalizedSchema): RestPlace {
  const traits = member.getMergedTraits();
  if (traits.httpLabel !== undefined) return { in: 'path' };
  if (typeof traits.httpQuery === 'string') return { in: 'query', name: traits.httpQuery };
  if (typeof traits.httpHeader === 'string') return { in: 'header', name: traits.httpHeader.toLowerCase() };
  if (typeof traits.httpPrefixHeaders === 'string')
    return { in: 'headers', prefix: traits.httpPrefixHeaders.toLowerCase() };
  if (traits.httpPayload !== undefined) return { in: 'payload', isStreaming: traits.streaming !== undefined };
  return { in: 'document' };
}
