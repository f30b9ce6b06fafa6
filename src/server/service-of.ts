/** Which service a request is for. One endpoint serves them all, so the request itself must say. spec: SRV-ROUTE-1 */
import type { HttpHead } from '../protocol/http-message.ts';
import { jsonErrors } from '../protocol/json-1-1.ts';
import { queryParameters } from '../protocol/query-string.ts';
import { formOf, queryErrors } from '../protocol/query.ts';
import { restErrors } from '../protocol/rest-xml.ts';
import type { AwsError } from '../services/aws-error.ts';
import { found } from './exchange.ts';
import type { Exchange, SpokenService } from './exchange.ts';
import { readWhole } from './limits.ts';

export type AskedService =
  | { readonly outcome: 'found'; readonly service: SpokenService }
  | { readonly outcome: 'unknown'; readonly asked: string; readonly error: AwsError };

/** The scope of the signature says it; an unsigned request shows it by its form. */
export async function serviceOf(
  exchange: Exchange,
  services: ReadonlyMap<string, SpokenService>,
): Promise<AskedService> {
  const { head, body, contentBytes } = found(exchange.arrival, 'http');
  const authorization = found(exchange.authorization, 'readAuthorization');
  if (authorization.outcome === 'signed') {
    const { service: name } = authorization.authorization;
    const service = services.get(name);
    return service ? { outcome: 'found', service } : notServed(head, name);
  }
  const target = head.headers.get('x-amz-target');
  if (target !== undefined) {
    const service = [...services.values()].find(
      ({ protocol }) => protocol.kind === 'json-1-1' && target.startsWith(`${protocol.targetPrefix}.`),
    );
    return service ? { outcome: 'found', service } : notServed(head, target);
  }
  if (isForm(head)) {
    exchange.body = await readWhole(body, contentBytes, 'query');
    const form = formOf(head, exchange.body);
    const version = form.get('Version');
    const service = [...services.values()].find(
      ({ protocol }) => protocol.kind === 'query' && protocol.apiVersion === version,
    );
    return service ? { outcome: 'found', service } : notServed(head, form.get('Action') ?? '');
  }
  const link = linkedService(head, services);
  if (link !== null) return { outcome: 'found', service: link };
  const rest = [...services.values()].find(({ kind }) => kind === 'rest-xml');
  return rest ? { outcome: 'found', service: rest } : notServed(head, head.path);
}

/** A link out of a message: whoever follows it signs nothing, and says no version either. spec: SRV-LINK-1 */
function linkedService(
  { method, path, query }: HttpHead,
  services: ReadonlyMap<string, SpokenService>,
): SpokenService | null {
  if (method !== 'GET' || path !== '/') return null;
  const action = queryParameters(query).get('Action');
  if (action === undefined) return null;
  return [...services.values()].find((candidate) => isOpenTo(candidate, action)) ?? null;
}

/** Whether the operation answers who signs nothing. spec: SRV-LINK-1 */
export function isOpenTo({ service, kind }: SpokenService, operationName: string | null): boolean {
  const { operations } = service;
  return (
    kind === 'query' &&
    operationName !== null &&
    Object.hasOwn(operations, operationName) &&
    operations[operationName]?.isOpenToStrangers === true
  );
}

/** The form that a client expects who did not reach a service: told by what it sent. */
export function looksOf(head: HttpHead): 'json-1-1' | 'query' | 'rest-xml' {
  const isJson =
    head.headers.has('x-amz-target') || (head.headers.get('content-type') ?? '').includes('json');
  return isJson ? 'json-1-1' : isForm(head) ? 'query' : 'rest-xml';
}

function isForm(head: HttpHead): boolean {
  return (
    head.method === 'POST' &&
    (head.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  );
}

/** spec: SRV-UNKNOWN-1 */
function notServed(head: HttpHead, asked: string): AskedService {
  switch (looksOf(head)) {
    case 'json-1-1':
      return { outcome: 'unknown', asked, error: jsonErrors.unknownOperation() };
    case 'query':
      return { outcome: 'unknown', asked, error: queryErrors.invalidAction({ action: asked, version: '' }) };
    case 'rest-xml':
      return { outcome: 'unknown', asked, error: restErrors.methodNotAllowed() };
  }
}
