/** Reads an XML element into the shape that a schema describes. Elements that the schema does not know are faults. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { dateTime, readSimple, ShapeFault } from './shape-values.ts';
import type { XmlElement } from './xml-document.ts';

/** @throws {ShapeFault} an element or a value is not of its schema */
export function readXmlShape(
  schema: NormalizedSchema,
  element: XmlElement,
  path: readonly (string | number)[] = [],
): unknown {
  if (schema.isStructSchema()) return readStruct(schema, element, path);
  if (schema.isListSchema()) return readItems(schema, wrappedItems(schema, element, path), path);
  if (schema.isMapSchema()) return readMap(schema, element.children, path);
  if (element.children.length > 0) throw new ShapeFault('a simple value', path);
  return readSimple(schema, schema.isStringSchema() ? element.text : element.text.trim(), dateTime, path);
}

function readStruct(
  schema: NormalizedSchema,
  element: XmlElement,
  path: readonly (string | number)[],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [memberName, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    const name = xmlName(member) ?? memberName;
    if (traits.xmlAttribute !== undefined) {
      const value = element.attributes.get(name);
      if (value !== undefined)
        result[memberName] = readSimple(member, value, dateTime, [...path, memberName]);
      continue;
    }
    known.add(name);
    const found = element.children.filter((child) => child.name === name);
    const [first] = found;
    if (!first) continue;
    const memberPath = [...path, memberName];
    if (traits.xmlFlattened !== undefined)
      result[memberName] = member.isMapSchema()
        ? readMap(member, found, memberPath)
        : readItems(member, found, memberPath);
    else if (found.length > 1) throw new ShapeFault('one element', memberPath);
    else result[memberName] = readXmlShape(member, first, memberPath);
  }
  const stranger = element.children.find((child) => !known.has(child.name));
  if (stranger) throw new ShapeFault('no such element', [...path, stranger.name]);
  return result;
}

function wrappedItems(
  schema: NormalizedSchema,
  element: XmlElement,
  path: readonly (string | number)[],
): readonly XmlElement[] {
  const name = xmlName(schema.getValueSchema()) ?? 'member';
  const stranger = element.children.find((child) => child.name !== name);
  if (stranger) throw new ShapeFault('no such element', [...path, stranger.name]);
  return element.children;
}

function readItems(
  schema: NormalizedSchema,
  items: readonly XmlElement[],
  path: readonly (string | number)[],
): readonly unknown[] {
  const item = schema.getValueSchema();
  return items.map((element, i) => readXmlShape(item, element, [...path, i]));
}

function readMap(
  schema: NormalizedSchema,
  entries: readonly XmlElement[],
  path: readonly (string | number)[],
): Record<string, unknown> {
  const keyName = xmlName(schema.getKeySchema()) ?? 'key';
  const valueName = xmlName(schema.getValueSchema()) ?? 'value';
  return Object.fromEntries(
    entries.map((entry) => {
      const key = entry.children.find(({ name }) => name === keyName);
      const value = entry.children.find(({ name }) => name === valueName);
      if (!key || !value) throw new ShapeFault('an entry', path);
      return [key.text, readXmlShape(schema.getValueSchema(), value, [...path, key.text])];
    }),
  );
}

function xmlName(schema: NormalizedSchema): string | undefined {
  const name: unknown = schema.getMemberTraits().xmlName ?? schema.getMergedTraits().xmlName;
  // `xsi:type` is an attribute by its full name; elements are compared by their local names.
  return typeof name === 'string' ? name : undefined;
}
