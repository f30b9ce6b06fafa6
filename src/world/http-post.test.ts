import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { httpPost, mayReach } from './http-post.ts';

let server: Server;
let seenCount = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    seenCount++;
    response.writeHead(request.url === '/moved' ? 302 : 204, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function post(host: string, path: string, reach: 'any' | 'public') {
  const { port } = server.address() as AddressInfo;
  return httpPost({ url: `http://${host}:${port}${path}`, headers: {}, body: 'x' }, reach);
}

describe('a post', () => {
  it('tells what it was answered, and follows nothing', async () => {
    expect(await post('127.0.0.1', '/', 'any')).toEqual({ status: 204 });
    seenCount = 0;
    expect(await post('127.0.0.1', '/moved', 'any')).toEqual({ status: 302 });
    expect(seenCount).toBe(1);
  });

  // spec: SNS-HTTP-5
  it('goes nowhere near this machine where only public addresses may be reached, by number or by name', async () => {
    seenCount = 0;
    for (const host of ['127.0.0.1', 'localhost'])
      expect(await post(host, '/', 'public')).toEqual({
        status: null,
        why: expect.stringContaining('this server may not send to') as string,
      });
    expect(seenCount).toBe(0);
  });

  it('says why there was no answer', async () => {
    expect(await httpPost({ url: 'http://127.0.0.1:1/', headers: {}, body: '' }, 'any')).toMatchObject({
      status: null,
      why: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(await httpPost({ url: 'nowhere', headers: {}, body: '' }, 'any')).toMatchObject({ status: null });
    expect(
      await httpPost({ url: 'http://127.0.0.1/', headers: { 'a\n': 'b' }, body: '' }, 'any'),
    ).toMatchObject({
      status: null,
    });
  });
});

// spec: SNS-HTTP-5
test.each([
  ['169.254.169.254', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['fd00:ec2::254', false, false],
  ['fe80::1', false, false],
  ['127.0.0.1', true, false],
  ['::1', true, false],
  ['::ffff:127.0.0.1', true, false],
  ['10.1.2.3', true, false],
  ['172.31.0.1', true, false],
  ['192.168.1.1', true, false],
  ['100.64.0.1', true, false],
  ['0.0.0.0', true, false],
  ['fc00::1', true, false],
  ['203.0.113.9', true, true],
  ['2001:db8::1', true, true],
])('%s may be reached by a loopback server: %s, by another: %s', (address, any, onlyPublic) => {
  expect([mayReach(address, 'any'), mayReach(address, 'public')]).toEqual([any, onlyPublic]);
});
