/**
 * The life of a request, in order. What one step finds out stands in the exchange for the steps after it; a step
 * that throws ends the first list, and the second list runs all the same.
 * spec: SRV-ORDER-1, SRV-ORDER-2, SRV-ORDER-3
 */
import { authError } from '../protocol/auth-errors.ts';
import { failureError } from '../protocol/failure-errors.ts';
import { payloadOf } from '../protocol/payload.ts';
import { readAuthorization } from '../protocol/sigv4.ts';
import { AwsError } from '../services/aws-error.ts';
import { StoreUnavailable } from '../services/records.ts';
import { authenticateRequest } from './authenticate.ts';
import { found } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { assertWithinLimits, readWhole } from './limits.ts';
import { newOperationContext } from './operation-context.ts';
import type { ServerParts } from './server-parts.ts';
import { isOpenTo, serviceOf } from './service-of.ts';

type Step = (exchange: Exchange, parts: ServerParts) => Promise<void> | void;

export const requestChain = [
  assignRequestId, // first: every answer carries one, refusals included
  limitRequest, // sizes: nothing below sees an unbounded request
  parseRequest, // service, operation, who is said to ask; from here on no step sees HTTP
  authenticate, // before the input is read: strangers learn nothing from our error texts. spec: SRV-ORDER-1
  validateInput, // a body that S3 cannot read is told only after authorising. spec: SRV-ORDER-2
  resolveResources, // a key ID or alias becomes the ARN that policies name
  authorize, // asks the policy engine, from what the operation declares
  operate,
] as const satisfies readonly Step[];

/** A call from inside has no wire format and no signature; all else is the same. spec: SRV-INVOKE-1 */
export const insideChain = [
  assignRequestId,
  validateInput,
  resolveResources,
  authorize,
  operate,
] as const satisfies readonly Step[];

/** Runs whatever became of the request. */
export const closingChain = [
  render, // the answer, or the error in the protocol's form
  audit, // decisions made on the way are told to whoever asked for this request
  log,
] as const satisfies readonly Step[];

/** Runs a request through its steps. Never throws for what a client did: that is in the exchange's outcome. */
export async function runChain(
  steps: readonly Step[],
  exchange: Exchange,
  parts: ServerParts,
): Promise<void> {
  try {
    for (const step of steps) await step(exchange, parts);
  } catch (thrown) {
    exchange.outcome = outcomeOf(thrown, exchange);
  }
  for (const step of closingChain) step(exchange, parts);
  exchange.isOver = true;
}

function assignRequestId(exchange: Exchange, { world }: ServerParts): void {
  exchange.requestId = world.newUuid();
}

function limitRequest(exchange: Exchange): void {
  assertWithinLimits(found(exchange.arrival, 'http').head);
}

async function parseRequest(exchange: Exchange, parts: ServerParts): Promise<void> {
  const { head, body, contentBytes } = found(exchange.arrival, 'http');
  exchange.authorization = readAuthorization(head);
  const asked = await serviceOf(exchange, parts.services);
  if (asked.outcome === 'unknown') {
    exchange.unknown = asked;
    throw asked.error;
  }
  const { service } = asked;
  exchange.service = service;
  exchange.requestId = service.wire.requestId(exchange.requestId);
  if (service.wire.isBodySigned && exchange.body.length === 0)
    exchange.body = await readWhole(body, contentBytes, service.kind);
  const routed = service.wire.route(head, exchange.body);
  if (routed.outcome === 'found') {
    exchange.routed = routed.operation;
    exchange.operationName = routed.operation.name;
  } else exchange.unknown = routed;
}

async function authenticate(exchange: Exchange, parts: ServerParts): Promise<void> {
  const { head, body } = found(exchange.arrival, 'http');
  const service = found(exchange.service, 'parseRequest');
  const authorization = found(exchange.authorization, 'parseRequest');
  const result = await authenticateRequest(
    {
      head,
      authorization,
      body: service.wire.isBodySigned ? exchange.body : 'hash-in-header',
      isOpenToStrangers: isOpenTo(service, exchange.operationName),
    },
    { ...parts.world, credentials: parts.ports.credentials },
  );
  if (result.outcome === 'refused') throw authError(service.kind, result.fault);
  exchange.caller = result.caller;
  exchange.region =
    service.protocol.onlyRegion ??
    (authorization.outcome === 'signed' ? authorization.authorization.region : defaultRegion);
  if (!service.wire.isBodySigned)
    exchange.payload = payloadOf(body, head.headers, result.payloadHash, result.chunkSigning);
}

/** Of requests that do not say: those of strangers. */
const defaultRegion = 'us-east-1';

async function validateInput(exchange: Exchange, parts: ServerParts): Promise<void> {
  const service = found(exchange.service, 'parseRequest');
  if (exchange.unknown) throw exchange.unknown.error;
  const name = found(exchange.operationName, 'parseRequest');
  const { operations } = service.service;
  // spec: SRV-UNKNOWN-1
  if (!Object.hasOwn(operations, name)) {
    const error = failureError(service.kind, 'not-implemented');
    exchange.unknown = { asked: name, error };
    throw error;
  }
  exchange.operation = operations[name] ?? null;
  if (exchange.routed) await readInput(exchange);
  exchange.context = newOperationContext(exchange, parts);
  if (!exchange.bodyFault) found(exchange.operation, 'the registry').validate?.(exchange.input);
}

async function readInput(exchange: Exchange): Promise<void> {
  const routed = found(exchange.routed, 'parseRequest');
  const service = found(exchange.service, 'parseRequest');
  exchange.input = routed.readHead();
  if (routed.isStreaming) return;
  try {
    if (exchange.payload) {
      const { stream, contentBytes } = exchange.payload;
      exchange.body = await readWhole(stream, contentBytes, service.kind);
    }
    Object.assign(exchange.input, routed.readBody(exchange.body));
  } catch (thrown) {
    // spec: SRV-ORDER-2
    if (!service.wire.isBodyFaultDeferred || !(thrown instanceof AwsError)) throw thrown;
    exchange.bodyFault = thrown;
  }
  exchange.payload = null;
}

async function resolveResources(exchange: Exchange): Promise<void> {
  const operation = found(exchange.operation, 'validateInput');
  const context = found(exchange.context, 'validateInput');
  exchange.resources = await orBodyFault(exchange, () => operation.resolve(exchange.input, context));
}

async function authorize(exchange: Exchange, parts: ServerParts): Promise<void> {
  const { authorization } = found(exchange.operation, 'validateInput');
  if ('none' in authorization) return;
  const context = found(exchange.context, 'validateInput');
  const permissions = await orBodyFault(exchange, async () =>
    authorization(exchange.input, exchange.resources, context),
  );
  for (const permission of permissions) {
    const judged = await parts.judge(exchange, permission);
    // Unknown is no yes. spec: SRV-AUTHZ-1
    if (judged.decision.outcome !== 'allowed')
      throw found(exchange.service, 'parseRequest').service.denied(judged.denial());
  }
}

async function operate(exchange: Exchange): Promise<void> {
  if (exchange.bodyFault) throw exchange.bodyFault;
  const operation = found(exchange.operation, 'validateInput');
  const context = found(exchange.context, 'validateInput');
  const output: unknown = await operation.operate(exchange.input, exchange.resources, context);
  exchange.outcome = { kind: 'done', output, status: operation.statusOf?.(output) };
}

/** What comes of an input whose body could not be read is the body's fault. */
async function orBodyFault<T>(exchange: Exchange, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    throw exchange.bodyFault && !(thrown instanceof AwsError) ? exchange.bodyFault : thrown;
  }
}

function outcomeOf(thrown: unknown, exchange: Exchange): NonNullable<Exchange['outcome']> {
  if (thrown instanceof AwsError) return { kind: 'refused', error: thrown };
  const kind = exchange.service?.kind ?? 'rest-xml';
  const isStore = thrown instanceof StoreUnavailable;
  return {
    kind: 'failed',
    cause: thrown,
    error: failureError(kind, isStore ? 'unavailable' : 'internal'),
  };
}

function render(exchange: Exchange, parts: ServerParts): void {
  if (exchange.arrival === null) return;
  const { outcome, service } = exchange;
  const { method } = exchange.arrival.head;
  if (outcome?.kind === 'done' && service && exchange.operationName !== null) {
    try {
      exchange.answer = service.wire.writeOutput(
        exchange.operationName,
        outcome.output,
        exchange.requestId,
        outcome.status,
      );
      return;
    } catch (cause) {
      exchange.outcome = { kind: 'failed', cause, error: failureError(service.kind, 'internal') };
    }
  }
  const error =
    exchange.outcome?.kind === 'done' || !exchange.outcome
      ? failureError('rest-xml', 'internal')
      : exchange.outcome.error;
  const wire = service?.wire ?? parts.fallbackWire(exchange.arrival.head);
  exchange.answer = wire.writeError(error, { method, id: exchange.requestId });
}

/** spec: SRV-AUDIT-2 */
function audit(exchange: Exchange): void {
  const { parent } = exchange;
  if (parent && !parent.isOver) parent.decisions.push(...exchange.decisions);
}

function log(exchange: Exchange, { logger }: ServerParts): void {
  const { requestId, service, operationName, outcome, unknown } = exchange;
  const line = { requestId, service: service?.service.name ?? null, operation: operationName };
  if (service && operationName !== null && logger.isLevelEnabled('debug'))
    logger.debug({ ...line, input: service.wire.redactInput(operationName, exchange.input) }, 'input');
  if (unknown) logger.warn({ ...line, asked: unknown.asked }, 'an operation that is not served');
  else if (exchange.signal.aborted) logger.info(line, 'the client went away');
  else if (outcome?.kind === 'failed') logger.error({ ...line, err: outcome.cause }, 'a request failed');
  else if (outcome?.kind === 'refused') logger.info({ ...line, code: outcome.error.code }, 'refused');
  else logger.info(line, 'done');
}
