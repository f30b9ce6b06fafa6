/**
 * The values of a template: intrinsic functions, parameters, mappings and conditions, as far as they can be known
 * before the stack exists. What cannot is an `UnknownValue`, and so is all that is made of it.
 * spec: INPUT-CFN-2, INPUT-CFN-3
 */
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';

/** `AWS::NoValue`: the member is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue');

type Members = Readonly<Record<string, unknown>>;

export interface TemplateWorld {
  readonly template: Members;
  /** By name, given or default. */
  readonly parameters: ReadonlyMap<string, Known<unknown>>;
  /** `AWS::Region` and its kin. */
  /** Or `noValue`. */
  readonly pseudoParameters: ReadonlyMap<string, unknown>;
  /** What `Ref` gives for a resource. */
  refOf(logicalId: string): Known<unknown>;
  attributeOf(logicalId: string, attribute: string): Known<unknown>;
  /** What another template exports under this name; `undefined`: none of those at hand does. */
  readonly exported?: (name: string) => unknown;
}

/** A resolved value, and where its nodes stand in the template. */
export interface Resolved {
  readonly value: unknown;
  /** The pointer in the template of the node at `pointer` in the value. */
  readonly sourceOf: (pointer: string) => string;
}

export interface Intrinsics {
  /** The value of the node at `pointer`; members that are not known are `UnknownValue`s in it. */
  resolve(node: unknown, pointer: string): Resolved;
  /** The same, `UnknownValue` as a whole where any part of it is. */
  resolveWhole(node: unknown, pointer: string): Known<Resolved>;
  condition(name: string): Known<boolean>;
}

const functionsMaxDepth = 200;

export function intrinsics(world: TemplateWorld): Intrinsics {
  const conditions = new Map<string, Known<boolean>>();
  const pending = new Set<string>();
  let depth = 0;

  return {
    resolve: (node, pointer) => {
      const places = new Map<string, string>();
      const value = resolve(node, pointer, '', places);
      return { value, sourceOf: (at) => nearest(places, at, pointer) };
    },
    resolveWhole(node, pointer) {
      const resolved = this.resolve(node, pointer);
      return firstUnknown(resolved.value) ?? resolved;
    },
    condition,
  };

  /** `at`: where the value will stand, relative to the whole. */
  function resolve(node: unknown, source: string, at: string, places: Map<string, string>): unknown {
    if (++depth > functionsMaxDepth) {
      depth--;
      return new UnknownValue('the template refers to itself');
    }
    try {
      places.set(at, source);
      if (Array.isArray(node)) return resolveList(node, source, at, places);
      if (!isObject(node)) return dynamicReference(node) ?? node;
      const [name, ...others] = Object.keys(node);
      if (name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
        return call(name, node[name], `${source}/${name}`, at, places);
      }
      // It puts members beside the others. spec: INPUT-CFN-3
      if (Object.hasOwn(node, 'Fn::Transform'))
        return new UnknownValue('`Fn::Transform` is worked out when the stack is made');
      return Object.fromEntries(
        Object.entries(node).flatMap(([member, child]) => {
          const step = `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          const value = resolve(child, source + step, at + step, places);
          return value === noValue ? [] : [[member, value]];
        }),
      );
    } finally {
      depth--;
    }
  }

  function resolveList(
    list: readonly unknown[],
    source: string,
    at: string,
    places: Map<string, string>,
  ): unknown {
    const values: unknown[] = [];
    for (const [i, item] of list.entries()) {
      const value = resolve(item, `${source}/${i}`, `${at}/${values.length}`, places);
      if (value !== noValue) values.push(value);
    }
    return values;
  }

  function plain(node: unknown): unknown {
    return resolve(node, '', '', new Map());
  }

  function call(
    name: string,
    argument: unknown,
    source: string,
    at: string,
    places: Map<string, string>,
  ): unknown {
    if (name === 'Ref') return reference(String(argument));
    if (name === 'Fn::If') {
      const [conditionName, yes, no] = Array.isArray(argument) ? (argument as unknown[]) : [];
      const holds = condition(String(conditionName));
      if (isUnknown(holds)) {
        const [one, other] = [plain(yes), plain(no)];
        return one === other ? one : holds;
      }
      return resolve(holds ? yes : no, `${source}/${holds ? 1 : 2}`, at, places);
    }
    const pure = functions[name];
    if (pure === undefined) return new UnknownValue(`\`${name}\` is not worked out here`);
    const value = pure(plain(argument), { ...world, reference, attribute });
    return dynamicReference(value) ?? value;
  }

  function reference(name: string): unknown {
    const pseudo = world.pseudoParameters.get(name);
    if (pseudo !== undefined) return pseudo;
    return world.parameters.get(name) ?? guarded(`Ref ${name}`, () => world.refOf(name));
  }

  function attribute(logicalId: string, name: string): unknown {
    return guarded(`GetAtt ${logicalId}.${name}`, () => world.attributeOf(logicalId, name));
  }

  /** Two resources that are named after each other have no name. */
  function guarded(name: string, ask: () => unknown): unknown {
    if (pending.has(name)) return new UnknownValue(`\`${name}\` refers to itself`);
    pending.add(name);
    try {
      return ask();
    } finally {
      pending.delete(name);
    }
  }

  function condition(name: string): Known<boolean> {
    const known = conditions.get(name);
    if (known !== undefined) return known;
    const all = world.template['Conditions'];
    const node = isObject(all) ? all[name] : undefined;
    if (node === undefined) return new UnknownValue(`the template has no condition \`${name}\``);
    const value = guarded(`Condition ${name}`, () => truth(node)) as Known<boolean>;
    conditions.set(name, value);
    return value;
  }

  function truth(node: unknown): Known<boolean> {
    if (!isObject(node)) return asBoolean(node);
    const [[name, argument] = ['', undefined]] = Object.entries(node);
    const list = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    switch (name) {
      case 'Condition':
        return condition(String(argument));
      case 'Fn::Not': {
        const of = truth(list[0]);
        return isUnknown(of) ? of : !of;
      }
      case 'Fn::And':
        return combined(list.map(truth), false);
      case 'Fn::Or':
        return combined(list.map(truth), true);
      case 'Fn::Equals': {
        const [left, right] = list.map(plain);
        const unknown = firstUnknown(left) ?? firstUnknown(right);
        return unknown ?? JSON.stringify(left) === JSON.stringify(right);
      }
      default:
        return asBoolean(plain(node));
    }
  }
}

/** One value that settles it does so whatever the others are. */
function combined(values: readonly Known<boolean>[], settles: boolean): Known<boolean> {
  if (values.includes(settles)) return settles;
  return values.find(isUnknown) ?? !settles;
}

function asBoolean(value: unknown): Known<boolean> {
  if (isUnknown(value)) return value;
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : new UnknownValue('a condition is no condition');
}

interface Scope extends TemplateWorld {
  readonly reference: (name: string) => unknown;
  readonly attribute: (logicalId: string, name: string) => unknown;
}

/** Functions of values that are resolved already. */
const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  'Fn::GetAtt': (argument, { attribute }) => {
    if (isUnknown(argument)) return argument;
    const parts = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    const [logicalId = '', ...rest] = parts;
    return attribute(logicalId, rest.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [text, given] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
    if (isUnknown(text)) return text;
    const unknown: UnknownValue[] = [];
    const value = String(text).replaceAll(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const key = name.trim();
      const own = isObject(given) && Object.hasOwn(given, key) ? given[key] : undefined;
      const found =
        own ??
        (key.includes('.') && !key.startsWith('AWS::')
          ? scope.attribute(...atDot(key))
          : scope.reference(key));
      if (isUnknown(found)) unknown.push(found);
      return found === noValue || isUnknown(found) ? '' : asText(found);
    });
    return unknown[0] ?? value;
  },
  'Fn::Join': (argument) => {
    if (!Array.isArray(argument)) return new UnknownValue('a `Fn::Join` joins no list');
    const [separator, list] = argument as unknown[];
    const unknown = firstUnknown(argument);
    if (unknown !== null) return unknown;
    return Array.isArray(list) ? list.map(asText).join(String(separator)) : String(list);
  },
  'Fn::Select': (argument) => {
    if (!Array.isArray(argument)) return new UnknownValue('a `Fn::Select` selects from no list');
    const [index, list] = argument as unknown[];
    if (isUnknown(list)) return list;
    if (isUnknown(index)) return index;
    const value: unknown = Array.isArray(list) ? list[Number(index)] : undefined;
    return value === undefined ? new UnknownValue('a `Fn::Select` selects what is not there') : value;
  },
  'Fn::Split': (argument) => {
    const unknown = firstUnknown(argument);
    if (unknown !== null || !Array.isArray(argument))
      return unknown ?? new UnknownValue('a `Fn::Split` splits nothing');
    const [separator, text] = argument as unknown[];
    return String(text).split(String(separator));
  },
  'Fn::FindInMap': (argument, { template }) => {
    const unknown = firstUnknown(argument);
    if (unknown !== null || !Array.isArray(argument))
      return unknown ?? new UnknownValue('a `Fn::FindInMap` finds nothing');
    const [map, first, second, otherwise] = argument as unknown[];
    const found = [map, first, second].reduce<unknown>(
      (at, key) => (isObject(at) && Object.hasOwn(at, String(key)) ? at[String(key)] : undefined),
      template['Mappings'],
    );
    if (found !== undefined) return found;
    if (isObject(otherwise) && 'DefaultValue' in otherwise) return otherwise['DefaultValue'];
    return new UnknownValue(
      `the mapping \`${String(map)}\` has no \`${String(first)}\`, \`${String(second)}\``,
    );
  },
  'Fn::ImportValue': (argument, { exported }) => {
    if (isUnknown(argument)) return argument;
    const found = exported?.(String(argument));
    if (found !== undefined) return found;
    return new UnknownValue(
      `\`Fn::ImportValue\` of ${JSON.stringify(argument)}: only the exporting stack knows it`,
    );
  },
  'Fn::Base64': (argument) =>
    isUnknown(argument) ? argument : new UnknownValue('`Fn::Base64` is not worked out here'),
  'Fn::ToJsonString': (argument) => firstUnknown(argument) ?? JSON.stringify(argument),
  'Fn::Length': (argument) =>
    isUnknown(argument) ? argument : Array.isArray(argument) ? argument.length : 0,
};

function atDot(name: string): [string, string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

/** `{{resolve:ssm:...}}` is looked up when the stack is made. */
function dynamicReference(value: unknown): UnknownValue | null {
  if (typeof value !== 'string' || !value.includes('{{resolve:')) return null;
  return new UnknownValue(`\`${value.slice(0, 80)}\` is looked up when the stack is made`);
}

/** The first value in `value`, however deep, that is not known. */
export function firstUnknown(value: unknown): UnknownValue | null {
  if (isUnknown(value)) return value;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = firstUnknown(item);
      if (found !== null) return found;
    }
  } else if (isObject(value)) {
    return firstUnknown(Object.values(value));
  }
  return null;
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value);
}

function nearest(places: ReadonlyMap<string, string>, pointer: string, base: string): string {
  for (
    let end = pointer.length;
    end >= 0;
    end = end === 0 ? -1 : Math.max(0, pointer.lastIndexOf('/', end - 1))
  ) {
    const found = places.get(pointer.slice(0, end));
    if (found !== undefined) return found + pointer.slice(end);
  }
  return base + pointer;
}
