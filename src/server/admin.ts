/**
 * Sealpost's own endpoints, beside those of AWS: health, readiness, reset, clock, setup, messages,
 * decisions.
 * spec: SRV-ADMIN-1, SRV-ADMIN-2, SRV-ADMIN-3, SRV-ADMIN-4, SRV-ADMIN-5
 */
import type { HttpAnswer, HttpHead } from '../protocol/http-message.ts';
import { queryParameters } from '../protocol/query-string.ts';
import { readAuthorization } from '../protocol/sigv4.ts';
import { adminAnswer, adminRefusal } from './admin-answer.ts';
import { authenticateRequest } from './authenticate.ts';
import type { DecisionTrail } from './decisions.ts';
import type { Arrival } from './exchange.ts';
import { readWhole } from './limits.ts';
import type { AwsServerOptions } from './server.ts';

export interface AdminParts extends Pick<AwsServerOptions, 'ports' | 'world' | 'settings'> {
  readonly serviceNames: readonly string[];
  readonly trail: DecisionTrail;
  readonly isLoopback: () => boolean;
  readonly isReady: () => boolean;
}

/** Whether the path is one of ours. No bucket's name begins with an underscore. */
export function isAdminPath(path: string): boolean {
  return path.startsWith('/_sealpost/') || path === '/_localstack/health';
}

export async function answerAdmin(
  { head, body, contentBytes }: Arrival,
  parts: AdminParts,
): Promise<HttpAnswer> {
  const { method, path } = head;
  const endpoint = endpoints.find(
    (candidate) =>
      path === candidate.path || (candidate.hasChildren && path.startsWith(`${candidate.path}/`)),
  );
  if (!endpoint) return adminRefusal(404, `there is no ${path}; there are ${endpointNames()}`);
  if (endpoint.method !== method && !(endpoint.method === 'GET' && method === 'HEAD'))
    return adminRefusal(405, `${path} takes ${endpoint.method}`);
  // A web page may send a form to any address; its browser says where the page is from.
  if (!isOwnOrigin(head)) return adminRefusal(403, 'a page of another origin may not ask this');
  // Whoever may subscribe an endpoint could make the server ask itself. spec: SNS-HTTP-5
  if (head.headers.has('x-amz-sns-message-type'))
    return adminRefusal(403, 'a message of a topic may not ask this');
  const request: AdminRequest = {
    head,
    body: method === 'POST' ? await readWhole(body, contentBytes, 'json-1-1') : new Uint8Array(0),
  };
  // spec: SRV-ADMIN-2
  if (!endpoint.isOpen && !parts.isLoopback() && !(await isRoot(request, parts)))
    return adminRefusal(403, 'sign this request with the root credentials: the server is not on loopback');
  // spec: SRV-ADMIN-3
  if (endpoint.needsReset && !parts.settings.isResetAllowed)
    return adminRefusal(403, 'start the server with --memory or --allow-reset to allow this');
  return endpoint.answer(request, parts);
}

interface AdminRequest {
  readonly head: HttpHead;
  readonly body: Uint8Array;
}

function isOwnOrigin({ headers }: HttpHead): boolean {
  const origin = headers.get('origin');
  return origin === undefined || origin.replace(/^https?:\/\//, '') === headers.get('host');
}

interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly hasChildren: boolean;
  /** Answers to anyone, wherever the server is bound. */
  readonly isOpen: boolean;
  readonly needsReset: boolean;
  answer(request: AdminRequest, parts: AdminParts): Promise<HttpAnswer> | HttpAnswer;
}

const plain = { hasChildren: false, isOpen: false, needsReset: false } as const;

const endpoints: readonly Endpoint[] = [
  {
    ...plain,
    method: 'GET',
    path: '/_sealpost/health',
    isOpen: true,
    answer: (_, { settings }) => adminAnswer(200, { status: 'alive', version: settings.version }),
  },
  {
    ...plain,
    method: 'GET',
    path: '/_sealpost/ready',
    isOpen: true,
    answer: (_, { isReady }) =>
      isReady() ? adminAnswer(200, { status: 'ready' }) : adminAnswer(503, { status: 'starting' }),
  },
  { ...plain, method: 'GET', path: '/_localstack/health', isOpen: true, answer: toolingHealth },
  { ...plain, method: 'POST', path: '/_sealpost/reset', needsReset: true, answer: reset },
  { ...plain, method: 'POST', path: '/_sealpost/clock', needsReset: true, answer: moveClock },
  { ...plain, method: 'GET', path: '/_sealpost/setup', answer: exportSetup },
  { ...plain, method: 'GET', path: '/_sealpost/messages', answer: messages },
  { ...plain, method: 'GET', path: '/_sealpost/decisions', hasChildren: true, answer: decisions },
];

function endpointNames(): string {
  return endpoints.map(({ method, path }) => `${method} ${path}`).join(', ');
}

/** In the form that tooling of AWS emulators polls. */
function toolingHealth(_: AdminRequest, { serviceNames, settings, isReady }: AdminParts): HttpAnswer {
  const state = isReady() ? 'running' : 'initializing';
  const services = Object.fromEntries(serviceNames.map((name) => [name, state]));
  return adminAnswer(200, { services, edition: 'sealpost', version: settings.version });
}

async function reset(_: AdminRequest, { ports, world, trail }: AdminParts): Promise<HttpAnswer> {
  await ports.administration.reset();
  world.resetClock();
  trail.clear();
  return adminAnswer(200, { status: 'empty' });
}

/** A year at once is more than any deadline of AWS's. */
const clockMaxAdvanceSeconds = 366 * 24 * 3600;

async function moveClock({ body }: AdminRequest, { ports, world }: AdminParts): Promise<HttpAnswer> {
  const seconds = advanceSeconds(body);
  if (seconds === null)
    return adminRefusal(400, `send {"advanceSeconds": N} with a whole N from 0 to ${clockMaxAdvanceSeconds}`);
  await walkClock(seconds * 1000, { ports, world });
  return adminAnswer(200, { now: new Date(world.nowMillis()).toISOString() });
}

/** Stops wherever something falls due, so that each thing is done at its own time, as in a day that passes. */
async function walkClock(
  byMillis: number,
  { ports, world }: Pick<AdminParts, 'ports' | 'world'>,
): Promise<void> {
  const untilMillis = world.nowMillis() + byMillis;
  await ports.administration.settle();
  let lastMillis: number | null = null;
  for (;;) {
    const nextMillis = await ports.administration.nextDueMillis();
    // What is due still, after it was tried, is tried again later: the clock does not wait for it.
    if (nextMillis === null || nextMillis > untilMillis || nextMillis === lastMillis) break;
    lastMillis = nextMillis;
    world.advanceClock(Math.max(0, nextMillis - world.nowMillis()));
    await ports.administration.settle();
  }
  world.advanceClock(Math.max(0, untilMillis - world.nowMillis()));
  await ports.administration.settle();
}

function advanceSeconds(body: Uint8Array): number | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value !== 'object' || value === null || !('advanceSeconds' in value)) return null;
    const { advanceSeconds: seconds } = value;
    const isFit =
      typeof seconds === 'number' &&
      Number.isInteger(seconds) &&
      seconds >= 0 &&
      seconds <= clockMaxAdvanceSeconds;
    return isFit ? seconds : null;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}

async function exportSetup({ head }: AdminRequest, { ports }: AdminParts): Promise<HttpAnswer> {
  const parameters = queryParameters(head.query);
  const selector = { account: parameters.get('account') ?? null, region: parameters.get('region') ?? null };
  const setups = await ports.administration.exportSetups(selector);
  const [only, second] = setups;
  if (only === undefined) {
    const which = [selector.account, selector.region].filter((part) => part !== null).join(' in ');
    return adminRefusal(
      404,
      `no configuration recorder is stored${which === '' ? '' : ` for ${which}`}: put one with PutConfigurationRecorder first`,
    );
  }
  const isSelected = selector.account !== null && selector.region !== null;
  return adminAnswer(200, second === undefined || isSelected ? only : setups);
}

const listDefaultCount = 100;
const listMaxCount = 1000;

/** The `limit` of a listing, or the refusal of what is none. */
function limitOf(parameters: ReadonlyMap<string, string>): number | HttpAnswer {
  const limit = Number(parameters.get('limit') ?? listDefaultCount);
  return Number.isInteger(limit) && limit >= 1 && limit <= listMaxCount
    ? limit
    : adminRefusal(400, `limit must be a whole number from 1 to ${listMaxCount}`);
}

/** spec: SRV-ADMIN-5 */
function messages({ head }: AdminRequest, { ports }: AdminParts): HttpAnswer {
  const parameters = queryParameters(head.query);
  const limit = limitOf(parameters);
  if (typeof limit !== 'number') return limit;
  const topicArn = parameters.get('topicArn') ?? null;
  return adminAnswer(200, { messages: ports.administration.publishedMessages({ topicArn, limit }) });
}

/** spec: SRV-AUDIT-1 */
function decisions({ head }: AdminRequest, { trail }: AdminParts): HttpAnswer {
  const id = head.path.slice('/_sealpost/decisions'.length + 1);
  if (id !== '') {
    const decision = trail.find(id);
    return decision
      ? adminAnswer(200, decision)
      : adminRefusal(404, `no decision ${id} is kept; the oldest give way to new ones`);
  }
  const parameters = queryParameters(head.query);
  const limit = limitOf(parameters);
  if (typeof limit !== 'number') return limit;
  const list = trail.list({ limit, after: parameters.get('after') ?? null });
  return list === null
    ? adminRefusal(404, 'the decision that `after` names is no longer kept: start anew without it')
    : adminAnswer(200, { decisions: list });
}

/** Signed, for whichever service, by a root of this server. */
async function isRoot({ head, body }: AdminRequest, { ports, world }: AdminParts): Promise<boolean> {
  const result = await authenticateRequest(
    { head, authorization: readAuthorization(head), body },
    { ...world, credentials: ports.credentials },
  );
  return result.outcome === 'authenticated' && result.caller.principal.kind === 'account-root';
}
