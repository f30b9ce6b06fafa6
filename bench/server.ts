/**
 * How fast is the server? Requests per second of GenerateDataKey and of a 1 KiB PutObject into an encrypted bucket,
 * each signed, verified and authorised, beside a bare `node:http` echo under the same client in the same run; and the
 * time from process start to the first answered request (aim: 400 ms).
 * Run with `node bench/server.ts`. Servers are processes of their own on loopback; each load is bounded.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex, signHeaders } from '../src/protocol/sigv4.ts';
import { measure, row, type Figure } from './measure.ts';

const connections = 8;
const roundMillis = 1500;
const port = 14566;
const host = `127.0.0.1:${port}`;
const echo =
  "require('node:http').createServer((q,s)=>{const b=[];q.on('data',c=>b.push(c)).on('end',()=>s.end(Buffer.concat(b)))}).listen(14566,'127.0.0.1')";

interface Prepared {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const plain: Prepared = { method: 'PUT', path: '/x', headers: { host }, body: 'a'.repeat(1024) };
const startUps: Record<string, readonly string[]> = {
  'bare node:http echo': ['-e', echo],
  'sealpost serve --memory': ['bin/sealpost.js', 'serve', '--memory', '--port', String(port)],
};
let startUpBaseline: { median: number } | undefined;
for (const [name, args] of Object.entries(startUps)) {
  const figure = await measure(7, async () => {
    const startedAt = performance.now();
    await using _server = await started(args);
    return performance.now() - startedAt;
  });
  console.log(row(`first answer, ${name}`, figure, 'ms', startUpBaseline));
  startUpBaseline ??= figure;
}

let echoed: Figure;
{
  await using _server = await started(['-e', echo]);
  echoed = await measure(3, () => perSecond(plain, 200));
  console.log(row('bare node:http echo, 1 KiB', echoed, 'requests/s'));
}

const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
try {
  for (const [store, options] of [
    ['memory', ['--memory']],
    ['SQLite', ['--data', join(folder, 'data')]],
  ] as const) {
    await using _server = await started(['bin/sealpost.js', 'serve', '--port', String(port), ...options]);
    const created = JSON.parse(await send(kms('CreateKey', {}))) as { KeyMetadata: { Arn: string } };
    await send(s3('/bench', ''));
    await send(
      s3(
        '/bench?encryption=',
        `<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${created.KeyMetadata.Arn}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
      ),
    );
    const loads = {
      GenerateDataKey: kms('GenerateDataKey', { KeyId: created.KeyMetadata.Arn, KeySpec: 'AES_256' }),
      'PutObject 1 KiB, SSE-KMS': s3('/bench/object', 'a'.repeat(1024)),
      'GetObject 1 KiB, SSE-KMS': s3('/bench/object', '', 'GET'),
    };
    for (const [name, prepared] of Object.entries(loads)) {
      await send(prepared);
      console.log(
        row(`${name}, ${store}`, await measure(3, () => perSecond(prepared, 200)), 'requests/s', echoed),
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

function kms(operation: string, input: object): Prepared {
  const body = JSON.stringify(input);
  return signed('kms', 'POST', '/', body, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `TrentService.${operation}`,
  });
}

function s3(path: string, body: string, method = 'PUT'): Prepared {
  return signed('s3', method, path, body, { 'x-amz-content-sha256': sha256Hex(body) });
}

/** Signed once and sent often: the server keeps no memory of signatures, within their fifteen minutes. */
function signed(
  service: string,
  method: string,
  path: string,
  body: string,
  extra: Record<string, string>,
): Prepared {
  const headers: Record<string, string> = { host, ...extra };
  const [pathname = '/', query = ''] = path.split('?');
  const added = signHeaders(
    { method, path: pathname, query, headers: new Map(Object.entries(headers)) },
    {
      accessKeyId: '111122223333',
      secretAccessKey: 'test',
      region: 'us-east-1',
      service,
      signedAtMillis: Date.now(),
      payloadHash: sha256Hex(body),
      pathSigning: service === 's3' ? 'as-received' : 'normalised',
    },
  );
  return {
    method,
    path,
    headers: { ...headers, ...added, 'content-length': String(Buffer.byteLength(body)) },
    body,
  };
}

/** Sends `prepared` on eight keep-alive connections, for a while; answers requests per second. */
async function perSecond(prepared: Prepared, expectedStatus: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const startedAt = performance.now();
  let answered = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - startedAt < roundMillis) {
      const { status, text } = await exchange(prepared, agent);
      if (status !== expectedStatus)
        throw new Error(`${prepared.path} was answered ${status}: ${text.slice(0, 300)}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return (answered * 1000) / (performance.now() - startedAt);
}

async function send(prepared: Prepared): Promise<string> {
  const { status, text } = await exchange(prepared);
  if (status >= 300) throw new Error(`${prepared.method} ${prepared.path} was answered ${status}: ${text}`);
  return text;
}

async function exchange(prepared: Prepared, agent?: Agent): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const { method, path, headers, body } = prepared;
  const sent = httpRequest(
    { host: '127.0.0.1', port, method, path, headers, ...(agent ? { agent } : {}) },
    (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    },
  );
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

/** The process once it answers; ended when it goes out of scope. */
async function started(args: readonly string[]): Promise<AsyncDisposable> {
  const child: ChildProcess = spawn(process.execPath, [...args], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const giveUpAt = performance.now() + 10_000;
  for (;;) {
    try {
      await exchange({ method: 'GET', path: '/_sealpost/ready', headers: { host }, body: '' });
      break;
    } catch (cause) {
      if (performance.now() > giveUpAt) throw new Error('the server does not answer', { cause });
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
