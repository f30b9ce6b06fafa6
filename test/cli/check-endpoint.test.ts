import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

const setup = JSON.parse(readFileSync('examples/service-linked-role/setup.json', 'utf8')) as {
  buckets: { policy: unknown }[];
  keys: { policy: unknown }[];
};
for (const [entry, file] of [
  [setup.buckets[0], 'bucket-policy.json'],
  [setup.keys[0], 'key-policy.json'],
] as const) {
  if (entry !== undefined)
    entry.policy = JSON.parse(readFileSync(`examples/service-linked-role/${file}`, 'utf8')) as unknown;
}

let server: Server | null = null;

afterEach(() => {
  server?.close();
  server = null;
});

async function answering(status: number, body: string): Promise<string> {
  const started = createServer((_, response) => {
    response.writeHead(status).end(body);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

describe('sealpost check --endpoint', () => {
  it('judges what the server holds', async () => {
    const endpoint = await answering(200, JSON.stringify(setup));
    const { status, out } = await runCli(['check', '--endpoint', endpoint]);
    expect(status).toBe(0);
    expect(out).toContain(`delivers  ${endpoint}: AWS Config delivers as the service principal`);
  });

  it('judges each recorder of a server that has several', async () => {
    const endpoint = await answering(200, JSON.stringify([setup, setup]));
    const { out } = await runCli(['check', '--endpoint', endpoint, '--format', 'json']);
    expect(JSON.parse(out)).toHaveLength(2);
  });

  it.each([
    [404, '{"message":"there is no configuration recorder yet"}', 'no configuration recorder yet'],
    [404, '<html>not here</html>', 'is no `sealpost serve`'],
    [200, 'hello', 'is no `sealpost serve`'],
    [500, 'oops', 'is no `sealpost serve`'],
  ])('says in a sentence what is wrong with an answer of status %i, %s', async (status, body, sentence) => {
    const endpoint = await answering(status, body);
    const run = await runCli(['check', '--endpoint', endpoint]);
    expect(run.status).toBe(2);
    expect(run.err).toContain(sentence);
  });

  it('says that nothing answers', async () => {
    const { status, err } = await runCli(['check', '--endpoint', 'http://127.0.0.1:9']);
    expect(status).toBe(2);
    expect(err).toContain('nothing answers at `http://127.0.0.1:9`');
  });

  it('says that an endpoint is no URL', async () => {
    const { status, err } = await runCli(['check', '--endpoint', 'localhost']);
    expect(status).toBe(2);
    expect(err).toContain('is not a URL');
  });
});
