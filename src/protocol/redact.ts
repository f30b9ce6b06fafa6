/** An input or output without what its schema calls sensitive, for logs. Secrets never leave through them. */
import type { NormalizedSchema } from '@smithy/core/schema';

/** A copy as plain data: sensitive members, bytes and streams are named, not shown. */
export function redacted(schema: NormalizedSchema, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (schema.getMergedTraits().sensitive !== undefined) return '[sensitive]';
  if (schema.isBlobSchema()) return '[bytes]';
  if (schema.isListSchema())
    return Array.isArray(value)
      ? value.map((item) => redacted(schema.getValueSchema(), item))
      : '[unreadable]';
  if (schema.isMapSchema())
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, redacted(schema.getValueSchema(), item)]),
    );
  if (!schema.isStructSchema()) return value;
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...schema.structIterator()]
      .filter(([name]) => members[name] !== undefined)
      .map(([name, member]) => [name, redacted(member, members[name])]),
  );
}
