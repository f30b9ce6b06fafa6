/**
 * What an attribute refers to, where its value is known after apply only: followed through variables and outputs of
 * modules to the resource. Where several instances could be meant, nothing is.
 * spec: INPUT-TF-2
 */
import {
  isObject,
  listOf,
  memberOf,
  type Members,
  type PlanDocument,
  type PlannedResource,
} from './plan-document.ts';

/** The attribute of a resource that a value comes from. */
export interface Reference {
  readonly resource: PlannedResource;
  /** `arn`, `id`, `name` */
  readonly attribute: string;
}

export interface References {
  /** What the attribute at `path` is, where it is one reference and nothing around it; `null`: not clear. */
  of(resource: PlannedResource, path: readonly (string | number)[]): Reference | null;
  /** Whether the configuration says anything of the attribute; `null`: the configuration is not at hand. */
  isWritten(resource: PlannedResource, attribute: string): boolean | null;
  /** The key of the provider's configuration. */
  providerOf(resource: PlannedResource): string | null;
}

const hopsMax = 20;

export function references({ configuration, resources }: PlanDocument): References {
  const bySource = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const key = sourceAddress(resource);
    bySource.set(key, [...(bySource.get(key) ?? []), resource]);
  }
  return {
    of: (resource, path) => {
      const expression = expressionAt(memberOf(configOf(resource), 'expressions'), path);
      return expression === null ? null : follow(expression, callsOf(resource.module), resource.index, 0);
    },
    isWritten: (resource, attribute) => {
      const config = configOf(resource);
      return Object.keys(config).length === 0
        ? null
        : Object.hasOwn(memberOf(config, 'expressions'), attribute);
    },
    providerOf: (resource) => {
      const key = configOf(resource)['provider_config_key'];
      return typeof key === 'string' ? key : null;
    },
  };

  function configOf(resource: PlannedResource): Members {
    const module = moduleAt(callsOf(resource.module));
    return (
      listOf(module, 'resources').find(
        (item) =>
          item['type'] === resource.type &&
          item['name'] === resource.name &&
          (item['mode'] ?? 'managed') === resource.mode,
      ) ?? {}
    );
  }

  function moduleAt(calls: readonly string[]): Members {
    return calls.reduce<Members>(
      (module, call) => memberOf(memberOf(memberOf(module, 'module_calls'), call), 'module'),
      configuration,
    );
  }

  function follow(
    expression: Members,
    calls: readonly string[],
    index: PlannedResource['index'],
    hops: number,
  ): Reference | null {
    const list = expression['references'];
    const names = Array.isArray(list) ? (list as unknown[]).filter((name) => typeof name === 'string') : [];
    // Terraform lists `a.b.arn` and then `a.b`: the first of each is the whole.
    const wholes = names
      .filter((name) => !names.some((other) => other !== name && other.startsWith(`${name}.`)))
      .filter((name) => !/^(?:each|count|path|terraform)\./.test(name));
    const [whole] = wholes;
    if (whole === undefined || wholes.length > 1 || hops > hopsMax) return null;
    const parts = partsOf(whole);
    const [first = '', second = ''] = parts;
    if (first === 'local') return null;
    if (first === 'var') {
      const call = calls.at(-1);
      if (call === undefined) return null;
      const parent = calls.slice(0, -1);
      const given = memberOf(
        memberOf(memberOf(memberOf(moduleAt(parent), 'module_calls'), call), 'expressions'),
        second,
      );
      return follow(given, parent, null, hops + 1);
    }
    if (first === 'module') {
      const output = parts.slice(2).find((part) => !/^\[/.test(part)) ?? '';
      const inner = [...calls, second];
      return follow(
        memberOf(memberOf(memberOf(moduleAt(inner), 'outputs'), output), 'expression'),
        inner,
        null,
        hops + 1,
      );
    }
    const isData = first === 'data';
    const [type = '', name = '', ...rest] = isData ? parts.slice(1) : parts;
    const found = bySource.get(`${calls.join('/')} ${isData ? 'data' : 'managed'} ${type}.${name}`) ?? [];
    const written = rest
      .find((part) => part.startsWith('['))
      ?.slice(1, -1)
      .replaceAll('"', '');
    const instance =
      found.length === 1
        ? found[0]
        : found.find(({ index: at }) => at !== null && String(at) === (written ?? String(index)));
    const attribute = rest.findLast((part) => !part.startsWith('[')) ?? 'id';
    return instance === undefined ? null : { resource: instance, attribute };
  }
}

/** `module.a["x"].module.b` as the calls `a`, `b`. */
function callsOf(module: string): readonly string[] {
  return partsOf(module).filter((part, i, all) => !part.startsWith('[') && all[i - 1] === 'module');
}

function sourceAddress({ module, mode, type, name }: PlannedResource): string {
  return `${callsOf(module).join('/')} ${mode} ${type}.${name}`;
}

/** `aws_s3_bucket.this["a.b"].arn` as its names and indexes. */
function partsOf(address: string): readonly string[] {
  return address.match(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]|[^.[\]]+/g) ?? [];
}

function expressionAt(expressions: Members, path: readonly (string | number)[]): Members | null {
  let at: unknown = expressions;
  for (const part of path) {
    if (Array.isArray(at) && typeof part === 'number') at = (at as unknown[])[part];
    else at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return isObject(at) ? at : null;
}
