/**
 * Finds the operation of a REST request from the `http` traits of the schemas: method, whether the path names a
 * bucket or a key, literal query parameters, and the members without which the operation makes no sense.
 * spec: WIRE-REST-1, WIRE-REST-2
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import type { Headers } from './http-message.ts';
import type { OperationSchema } from './operation-schemas.ts';
import { restMembers } from './rest-members.ts';

export interface RestRoute {
  readonly operation: OperationSchema;
  readonly level: PathLevel;
  readonly method: string;
  /** Query parameters that must be there, with their value where one is told. */
  readonly literals: readonly (readonly [name: string, value: string | null])[];
  /** The operation's own name in `x-id`, which current clients send. */
  readonly xId: string | null;
  /** Where each required member must stand. */
  readonly needed: readonly { readonly in: 'query' | 'header'; readonly name: string }[];
}

/** What the path names. */
export type PathLevel = 'service' | 'bucket' | 'key';

/** By method and what the path names, so that a request is compared with a handful. */
export type RestRoutes = ReadonlyMap<string, readonly RestRoute[]>;

export function restRoutes(
  operations: ReadonlyMap<string, OperationSchema>,
  options: {
    readonly requiredMembers: Readonly<Record<string, readonly string[]>>;
    readonly notServed: readonly string[];
  },
): RestRoutes {
  const routes: RestRoute[] = [];
  for (const operation of operations.values()) {
    if (operation.http === null || options.notServed.includes(operation.name)) continue;
    const [path = '/', query = ''] = operation.http.path.split('?');
    const literals = query
      .split('&')
      .filter((part) => part !== '')
      .map((part): readonly [string, string | null] => {
        const [name = '', value] = part.split('=');
        return [name, value ?? null];
      });
    routes.push({
      operation,
      method: operation.http.method,
      level: levelOf(operation.input, path),
      literals: literals.filter(([name]) => name !== 'x-id'),
      xId: literals.find(([name]) => name === 'x-id')?.[1] ?? null,
      needed: neededOf(operation.input, options.requiredMembers[operation.name] ?? []),
    });
  }
  // The most particular first: `?uploadId=&partNumber=` before the plain object.
  routes.sort((a, b) => weightOf(b) - weightOf(a));
  return Map.groupBy(routes, placeOf);
}

/** @returns `null`: no operation answers to this method at this kind of path */
export function findRoute(
  routes: RestRoutes,
  request: {
    readonly method: string;
    readonly level: PathLevel;
    readonly query: ReadonlyMap<string, string>;
    readonly headers: Headers;
  },
): OperationSchema | null {
  const candidates = routes.get(placeOf(request)) ?? [];
  const fits = candidates.filter(
    (route) =>
      route.literals.every(([name, value]) =>
        value === null ? request.query.has(name) : request.query.get(name) === value,
      ) &&
      route.needed.every((need) => (need.in === 'query' ? request.query : request.headers).has(need.name)),
  );
  const xId = request.query.get('x-id');
  const first = fits[0];
  if (!first) return null;
  // `x-id` only tells apart what nothing else does.
  const equals = fits.filter((route) => weightOf(route) === weightOf(first));
  return (equals.find((route) => route.xId !== null && route.xId === xId) ?? first).operation;
}

function placeOf({ method, level }: Pick<RestRoute, 'method' | 'level'>): string {
  return `${method} ${level}`;
}

function weightOf(route: RestRoute): number {
  return route.literals.length + route.needed.length;
}

function levelOf(input: NormalizedSchema, path: string): PathLevel {
  if (path.includes('{Key+}')) return 'key';
  return restMembers(input).some(({ place }) => place.in === 'path') ? 'bucket' : 'service';
}

function neededOf(input: NormalizedSchema, memberNames: readonly string[]): RestRoute['needed'] {
  return restMembers(input).flatMap(({ name, place }): RestRoute['needed'] =>
    memberNames.includes(name) && (place.in === 'query' || place.in === 'header') ? [place] : [],
  );
}
