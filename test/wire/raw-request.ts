/** Requests byte by byte, for what no client would send. */
import { connect } from 'node:net';
import { signHeaders } from '../../src/protocol/sigv4.ts';
import { sha256Hex } from '../../src/protocol/sigv4.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** All that came, interim answers included. */
  readonly text: string;
}

/** Sends these bytes and reads until the server closes, or until so many whole answers are there. */
export function sendRaw(
  port: number,
  bytes: string,
  host = '127.0.0.1',
  answerCount = 1,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host });
    let text = '';
    const done = (): void => {
      socket.destroy();
      resolve(parse(text));
    };
    socket.setTimeout(5000, done);
    socket.on('connect', () => socket.write(Buffer.from(bytes, 'latin1')));
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (answerCount === 1 && isWhole(text)) done();
    });
    socket.on('end', done);
    socket.on('error', (error) => {
      if (text === '') reject(error);
      else done();
    });
  });
}

export interface SignedOptions {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly service: string;
  readonly region?: string;
  readonly key: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signedAtMillis?: number;
  /** Changes headers after they were signed. */
  readonly tamper?: (headers: Record<string, string>) => Record<string, string>;
}

/** A request as a client signs it. */
export function signedRequest(options: SignedOptions): string {
  const { method = 'POST', path = '/', query = '', body = '', region = 'us-east-1' } = options;
  const isS3 = options.service === 's3';
  const payloadHash = options.headers?.['x-amz-content-sha256'] ?? sha256Hex(Buffer.from(body, 'latin1'));
  const headers = {
    host: '127.0.0.1',
    ...(isS3 ? { 'x-amz-content-sha256': payloadHash } : {}),
    ...options.headers,
  };
  const added = signHeaders(
    { method, path, query, headers: new Map(Object.entries(headers)) },
    {
      ...options.key,
      region,
      service: options.service,
      signedAtMillis: options.signedAtMillis ?? Date.now(),
      payloadHash,
      pathSigning: isS3 ? 'as-received' : 'normalised',
    },
  );
  const all: Record<string, string> = { ...headers, ...added, connection: 'close' };
  if (body !== '' || method === 'PUT' || method === 'POST') all['content-length'] = String(body.length);
  const sent = options.tamper?.(all) ?? all;
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path}${query === '' ? '' : `?${query}`} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function isWhole(text: string): boolean {
  const { headers, body, status } = parse(text);
  const length = headers.get('content-length');
  return status >= 200 && length !== undefined && body.length >= Number(length);
}

function parse(text: string): RawAnswer {
  // Interim answers have heads of their own.
  const final = text.replace(/^(HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n)*/, '');
  const end = final.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = final.slice(0, Math.max(end, 0)).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers,
    body: end === -1 ? '' : final.slice(end + 4),
    text,
  };
}
