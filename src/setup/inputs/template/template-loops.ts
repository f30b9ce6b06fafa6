/**
 * `Fn::ForEach` of resources, where its list stands in the template or in a parameter: each turn is a resource.
 * Others stay as they are, and what they make is unknown.
 * spec: INPUT-CFN-5
 */
import { isObject } from './intrinsics.ts';

type Members = Readonly<Record<string, unknown>>;

/** A template whose loops over resources are unrolled as far as they can be. */
export function withLoops(template: Members, parameters: ReadonlyMap<string, string>): Members {
  const { Resources: resources } = template;
  const transforms: readonly unknown[] = [template['Transform']].flat();
  // Without the transform CloudFormation takes no loops.
  if (!isObject(resources) || !transforms.includes('AWS::LanguageExtensions')) return template;
  if (!Object.keys(resources).some((name) => name.startsWith('Fn::ForEach::'))) return template;
  return { ...template, Resources: unrolled(resources, template, parameters, 0) };
}

const loopsMaxDepth = 5;
const turnsMax = 500;

function unrolled(
  members: Members,
  template: Members,
  parameters: ReadonlyMap<string, string>,
  depth: number,
): Members {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]): [string, unknown][] => {
      if (!name.startsWith('Fn::ForEach::')) return [[name, value]];
      const [variable, list, body] = Array.isArray(value) ? (value as unknown[]) : [];
      const items = listOf(list, template, parameters);
      if (typeof variable !== 'string' || items === null || !isObject(body) || depth > loopsMaxDepth)
        return [[name, value]];
      return items.flatMap((item) =>
        Object.entries(
          unrolled(
            isObject(body) ? asMembers(filled(body, variable, item)) : {},
            template,
            parameters,
            depth + 1,
          ),
        ),
      );
    }),
  );
}

function asMembers(value: unknown): Members {
  return isObject(value) ? value : {};
}

/** `null`: the list is worked out when the stack is made. */
function listOf(
  list: unknown,
  template: Members,
  parameters: ReadonlyMap<string, string>,
): readonly string[] | null {
  if (Array.isArray(list)) {
    const items = list as unknown[];
    return items.length <= turnsMax && items.every((item) => typeof item === 'string') ? items : null;
  }
  const name = isObject(list) ? list['Ref'] : undefined;
  if (typeof name !== 'string') return null;
  const declared = isObject(template['Parameters']) ? template['Parameters'][name] : undefined;
  const value = parameters.get(name) ?? (isObject(declared) ? declared['Default'] : undefined);
  return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : null;
}

/** The body of one turn: `${Variable}` in names and texts, and `Ref` of the variable. */
function filled(node: unknown, variable: string, item: string): unknown {
  if (typeof node === 'string')
    return node
      .replaceAll(`\${${variable}}`, item)
      .replaceAll(`&{${variable}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
  if (Array.isArray(node)) return (node as unknown[]).map((child) => filled(child, variable, item));
  if (!isObject(node)) return node;
  if (node['Ref'] === variable && Object.keys(node).length === 1) return item;
  return Object.fromEntries(
    Object.entries(node).map(([name, child]) => [
      String(filled(name, variable, item)),
      filled(child, variable, item),
    ]),
  );
}
