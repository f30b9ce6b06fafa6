/** Reads the parameters of the query protocol (`Tags.member.1.Key=...`) into the shape that a schema describes. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { dateTime, readSimple, ShapeFault, shapeMaxDepth } from './shape-values.ts';

/** Parameters as a tree: names are split at their dots. */
interface FormNode {
  value: string | null;
  readonly children: Map<string, FormNode>;
}

/** @throws {ShapeFault} a parameter is not of its schema, or the names nest too deep */
export function readFormShape(
  schema: NormalizedSchema,
  parameters: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const root = newNode();
  for (const [name, value] of parameters) {
    const parts = name.split('.');
    if (parts.length > shapeMaxDepth) throw new ShapeFault('less depth', [name.slice(0, 100)]);
    let node = root;
    for (const part of parts) {
      const child = node.children.get(part) ?? newNode();
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return schema.isUnitSchema() ? {} : readStruct(schema, root, []);
}

function newNode(): FormNode {
  return { value: null, children: new Map() };
}

function read(schema: NormalizedSchema, node: FormNode, path: readonly (string | number)[]): unknown {
  if (schema.isListSchema()) return readList(schema, node, path);
  if (schema.isMapSchema()) return readMap(schema, node, path);
  if (schema.isStructSchema()) return readStruct(schema, node, path);
  if (node.value === null) throw new ShapeFault('a simple value', path);
  return readSimple(schema, node.value, dateTime, path);
}

function readStruct(
  schema: NormalizedSchema,
  node: FormNode,
  path: readonly (string | number)[],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(xmlName(member) ?? name);
    if (child) result[name] = read(member, child, [...path, name]);
  }
  return result;
}

function readList(
  schema: NormalizedSchema,
  node: FormNode,
  path: readonly (string | number)[],
): readonly unknown[] {
  const item = schema.getValueSchema();
  const isFlat = schema.getMergedTraits().xmlFlattened !== undefined;
  // `Name=` with nothing behind it is how clients write an empty list.
  const items = isFlat ? node : node.children.get(xmlName(item) ?? 'member');
  return numbered(items).map(([i, child]) => read(item, child, [...path, i - 1]));
}

function readMap(
  schema: NormalizedSchema,
  node: FormNode,
  path: readonly (string | number)[],
): Record<string, unknown> {
  const isFlat = schema.getMergedTraits().xmlFlattened !== undefined;
  const keyName = xmlName(schema.getKeySchema()) ?? 'key';
  const valueName = xmlName(schema.getValueSchema()) ?? 'value';
  return Object.fromEntries(
    numbered(isFlat ? node : node.children.get('entry')).map(([i, entry]) => {
      const key = entry.children.get(keyName)?.value;
      const value = entry.children.get(valueName);
      if (key === null || key === undefined || !value) throw new ShapeFault('an entry', [...path, i]);
      return [key, read(schema.getValueSchema(), value, [...path, key])];
    }),
  );
}

/** Children named 1, 2, 3, ... in the order of their numbers; gaps are closed, as AWS does. */
function numbered(node: FormNode | undefined): readonly (readonly [number, FormNode])[] {
  return [...(node?.children ?? [])]
    .filter(([name]) => /^\d{1,6}$/.test(name))
    .map(([name, child]) => [Number(name), child] as const)
    .sort(([a], [b]) => a - b);
}

function xmlName(schema: NormalizedSchema): string | undefined {
  const name: unknown = schema.getMemberTraits().xmlName;
  return typeof name === 'string' ? name : undefined;
}
