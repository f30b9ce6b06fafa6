/**
 * HTTP in and out: sockets, Node's parser, and nothing of AWS but the words for what Node's parser refuses.
 * spec: SRV-HTTP-1, SRV-HTTP-2, SRV-HTTP-3, SRV-HTTP-4
 */
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { headersOf, splitTarget } from '../protocol/http-message.ts';
import type { HttpAnswer } from '../protocol/http-message.ts';
import { xmlDeclaration, xmlMembers } from '../protocol/xml-text.ts';
import { callAfter } from '../world/timer.ts';
import type { Arrival } from './exchange.ts';
import { isLoopbackName } from './host-header.ts';
import { headMaxBytes, objectMaxBytes } from './limits.ts';
import { ServerNotStarted } from './server-not-started.ts';

export interface HttpServer {
  /** @throws {ServerNotStarted} */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly nowMillis: () => number;
  /** Answers one request. Must not throw. */
  answer(arrival: Arrival, signal: AbortSignal): Promise<HttpAnswer>;
  /** The connection broke, or a body broke off after its head was sent. */
  onBroken(cause: unknown): void;
}

/** A head must be complete within this time; a body may take as long as a large object over a slow line. */
const headersMaxMillis = 60_000;
const requestMaxMillis = 3_600_000;
/** Longer than the idle time after which the clients of AWS let go, so that they are the ones who do. */
const keepAliveMillis = 75_000;
/** What waits for a server to end kills it after ten seconds. */
const closeMaxMillis = 8_000;

export function httpServer(options: HttpServerOptions): HttpServer {
  const listener: RequestListener = (request, response) => {
    void serve(request, response, { ...options, isClosing: () => closing.signal.aborted });
  };
  const newServer = (): Server => {
    const server = createServer(
      {
        maxHeaderSize: headMaxBytes,
        headersTimeout: headersMaxMillis,
        requestTimeout: requestMaxMillis,
        keepAliveTimeout: keepAliveMillis,
        requireHostHeader: false,
      },
      listener,
    );
    // Whoever waits for `100 Continue` gets it when the body is first read: after authentication. spec: SRV-HTTP-2
    server.on('checkContinue', listener);
    server.on('clientError', answerUnreadable);
    return server;
  };
  const servers: Server[] = [];
  const closing = new AbortController();
  return {
    listen: async () => {
      const isLoopback = isLoopbackName(options.host);
      const first = newServer();
      const host = isLoopback && options.host === 'localhost' ? '127.0.0.1' : options.host;
      const port = await listenAt(first, host, options.port);
      servers.push(first);
      // Names such as `localhost` lead to either address. spec: SRV-HTTP-1
      if (isLoopback) {
        const second = newServer();
        const other = host === '::1' ? '127.0.0.1' : '::1';
        try {
          await listenAt(second, other, port);
          servers.push(second);
        } catch (refusal) {
          const isMissing = refusal instanceof ServerNotStarted && refusal.fault !== 'port-in-use';
          // A port that was chosen for one address may be taken on the other; a port that was asked for must be free.
          if (!isMissing && options.port !== 0) {
            await closeAll(servers);
            throw refusal;
          }
        }
      }
      return { host, port };
    },
    close: () => {
      closing.abort();
      return closeAll(servers);
    },
  };
}

function listenAt(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new ServerNotStarted({ host, port }, cause));
    });
    server.listen({ host, port, ipv6Only: host === '::1' }, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Requests under way are finished, if they can be in time; idle connections are closed at once. spec: SRV-HTTP-4 */
async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((resolve) => {
          const lastCall = callAfter(closeMaxMillis, () => {
            server.closeAllConnections();
          });
          server.close(() => {
            lastCall.cancel();
            resolve();
          });
          server.closeIdleConnections();
        }),
    ),
  );
}

interface ServeOptions extends HttpServerOptions {
  readonly isClosing: () => boolean;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServeOptions,
): Promise<void> {
  const abort = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) abort.abort();
  });
  const body = bodyOf(request, response);
  try {
    const answer = await options.answer(arrivalOf(request, body, options), abort.signal);
    const ending = options.isClosing() || isBodyAbandoned(request, body) ? { connection: 'close' } : {};
    await send(request, response, { ...answer, headers: { ...answer.headers, ...ending } });
    // What is left of a body that nobody wanted is read all the same: many clients read the answer only after it.
    if (!request.complete) request.resume();
  } catch (cause) {
    // The head may be out already: all that is left is to break off, so that the client sees it is not whole.
    options.onBroken(cause);
    response.destroy();
  }
}

interface RequestBody extends AsyncIterable<Uint8Array> {
  readonly wasRead: () => boolean;
}

function bodyOf(request: IncomingMessage, response: ServerResponse): RequestBody {
  let wasRead = false;
  return {
    wasRead: () => wasRead,
    async *[Symbol.asyncIterator]() {
      wasRead = true;
      if (isWaiting(request)) response.writeContinue();
      const length = Number(request.headers['content-length'] ?? NaN);
      if (length <= wholeBodyMaxBytes) {
        yield await wholeBody(request);
        return;
      }
      // Leaving the loop early must not close the socket: the answer still has to go out.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array;
    },
  };
}

/** Bodies up to this size are handed on in one piece: Node's iterator over a stream costs more than the work on them. */
const wholeBodyMaxBytes = 64 * 1024;

/** Node's parser sees to it that it is as long as it says, or breaks off. */
function wholeBody(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
    });
    request.on('error', reject);
  });
}

function isWaiting(request: IncomingMessage): boolean {
  return /^100-continue$/i.test(request.headers.expect ?? '');
}

function arrivalOf(
  request: IncomingMessage,
  body: AsyncIterable<Uint8Array>,
  { nowMillis }: HttpServerOptions,
): Arrival {
  const length = request.headers['content-length'];
  return {
    head: {
      method: request.method ?? 'GET',
      ...splitTarget(request.url ?? '/'),
      headers: headersOf(request.rawHeaders),
    },
    body,
    contentBytes: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null,
    remoteAddress: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null,
    arrivedAtMillis: nowMillis(),
  };
}

async function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): Promise<void> {
  const { status, headers, body: content } = answer;
  if (content === null || typeof content === 'string' || content instanceof Uint8Array) {
    // A HEAD request is told the length that a GET would have.
    const hasOwnLength = request.method === 'HEAD' || status === 304 || status === 204;
    const length = content === null ? 0 : Buffer.byteLength(content);
    response.writeHead(status, hasOwnLength ? headers : { 'content-length': length, ...headers });
    response.end(content === null || hasOwnLength ? undefined : content);
    return;
  }
  response.writeHead(status, headers);
  for await (const part of content) {
    if (response.destroyed) return;
    if (!response.write(part)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/** Whether the rest of the body is not worth waiting for, so that the connection ends with the answer. */
function isBodyAbandoned(request: IncomingMessage, body: RequestBody): boolean {
  if (request.complete) return false;
  // One that waits for `100 Continue` never sends it, but Node would still expect it.
  if (isWaiting(request) && !body.wasRead()) return true;
  return Number(request.headers['content-length'] ?? 0) > objectMaxBytes;
}

/** What Node's parser refuses (two lengths, no head, too large a head) is answered as S3 answers it. spec: SRV-HTTP-3 */
function answerUnreadable(fault: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || fault.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const isTooLarge = fault.code === 'HPE_HEADER_OVERFLOW';
  const error = isTooLarge
    ? {
        Code: 'RequestHeaderSectionTooLarge',
        Message: 'Your request header section exceeds the maximum allowed size.',
      }
    : { Code: 'BadRequest', Message: 'An error occurred when parsing the HTTP request.' };
  const body = `${xmlDeclaration}<Error>${xmlMembers(error)}</Error>`;
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
