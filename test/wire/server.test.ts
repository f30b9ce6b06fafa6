/** The chain from validation on, the inside door, the audit trail and Sealpost's own endpoints. */
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/services/aws-error.ts';
import type { OperationContext, Permission } from '../../src/services/operation.ts';
import { payloadOfBytes } from '../../src/protocol/payload.ts';
import { ServerNotStarted } from '../../src/server/server-not-started.ts';
import type { Invoke } from '../../src/server/invoke.ts';
import { serviceProtocols } from '../../src/server/service-protocols.ts';
import { sendRaw, signedRequest } from './raw-request.ts';
import type { RawAnswer } from './raw-request.ts';
import { account, adminCaller, adminKey, otherAccount, startTestServer, userKey } from './test-server.ts';
import type { TestServer, TestService } from './test-server.ts';

const running: TestServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ server }) => server.close()));
});

async function start(...options: Parameters<typeof startTestServer>): Promise<TestServer> {
  const started = await startTestServer(...options);
  running.push(started);
  return started;
}

const keyArn = `arn:aws:kms:us-east-1:${account}:key/1`;
const permission = (action: string, more: Partial<Permission> = {}): Permission => ({
  action,
  resource: keyArn,
  resourceAccount: account,
  ...more,
});

const keyPolicy = (statement: object): Pick<Permission, 'resourcePolicy'> => ({
  resourcePolicy: { text: JSON.stringify({ Statement: [statement] }), arn: keyArn, label: 'the key policy' },
});
const delegation = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' };

function kmsWith(operations: TestService['operations']): TestService {
  return { name: 'kms', protocol: serviceProtocols.kms, operations };
}

function call(server: TestServer, operation: string, key: typeof userKey = userKey): Promise<RawAnswer> {
  return sendRaw(
    server.address.port,
    signedRequest({
      service: 'kms',
      key,
      body: '{}',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` },
    }),
  );
}

function own(server: TestServer, request: string, headers = '', body = ''): Promise<RawAnswer> {
  const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`;
  return sendRaw(
    server.address.port,
    `${request} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}${length}\r\n${body}`,
  );
}

interface Trail {
  readonly decisions: readonly {
    readonly id: string;
    readonly action: string;
    readonly outcome: string;
    readonly reason: string;
    readonly caller: string;
    readonly requestId: string;
    readonly statements: readonly { readonly source: string; readonly line: number | null }[];
  }[];
}
async function trailOf(server: TestServer, query = ''): Promise<Trail['decisions']> {
  return (JSON.parse((await own(server, `GET /_sealpost/decisions${query}`)).body) as Trail).decisions;
}

describe('authorising', () => {
  // spec: SRV-AUTHZ-1, SRV-AUTHZ-2, SRV-AUDIT-1, SRV-AUDIT-2
  it('what the policies allow is done, what they do not is refused, and both are written down', async () => {
    const done: string[] = [];
    const operationFor = (statement: object): TestService['operations'][string] => ({
      authorization: () => [permission('kms:Decrypt', keyPolicy(statement))],
      operate: async () => {
        done.push('done');
        return {};
      },
    });
    const server = await start(() => [
      kmsWith({
        ListKeys: operationFor(delegation),
        ListAliases: operationFor({ ...delegation, Effect: 'Deny', Principal: '*' }),
        DescribeKey: operationFor({ ...delegation, Principal: { AWS: otherAccount } }),
      }),
    ]);
    const allowed = await call(server, 'ListKeys');
    expect(allowed.status).toBe(200);
    const explicit = await call(server, 'ListAliases');
    expect(JSON.parse(explicit.body)).toMatchObject({
      __type: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/u is not authorized to perform: kms:Decrypt on resource: ${keyArn} with an explicit deny in a resource-based policy`,
    });
    const implicit = await call(server, 'DescribeKey');
    expect(implicit.body).toContain('because no resource-based policy allows the kms:Decrypt action');
    expect(done).toHaveLength(1);

    const [last, before, first] = await trailOf(server);
    expect(first).toMatchObject({ outcome: 'allowed', caller: `arn:aws:iam::${account}:user/u` });
    expect(before).toMatchObject({ outcome: 'denied', reason: 'resource-policy-explicit-deny' });
    expect(before?.statements[0]).toMatchObject({ source: keyArn, line: 1 });
    expect(last?.id).toBe(implicit.headers.get('x-sealpost-decision-id'));
    expect(last?.requestId).toBe(implicit.headers.get('x-amzn-requestid'));
    expect(first?.id).toBe(allowed.headers.get('x-sealpost-decision-id'));
    const one = await own(server, `GET /_sealpost/decisions/${first?.id ?? ''}`);
    expect(JSON.parse(one.body)).toEqual(first);
    expect(await trailOf(server, `?limit=1&after=${last?.id ?? ''}`)).toEqual([before]);
  });

  // spec: SRV-AUTHZ-1
  it('an outcome that is unknown is a refusal, and is written down as unknown', async () => {
    const uncertain = { ...delegation, Condition: { StringEquals: { 'kms:ViaService': 'x' } } };
    const server = await start(() => [
      kmsWith({
        ListKeys: {
          authorization: () => [
            permission('kms:Decrypt', {
              ...keyPolicy(uncertain),
              context: [['kms:ViaService', { state: 'unknown', why: 'AWS does not document it' }]],
            }),
          ],
        },
      }),
    ]);
    expect((await call(server, 'ListKeys')).status).toBe(403);
    expect(await trailOf(server)).toMatchObject([{ outcome: 'unknown', unknown: ['kms:ViaService'] }]);
  });

  // spec: SRV-AUTHZ-3
  it('a stored policy that cannot be read allows nothing', async () => {
    const broken = { text: '{"Statement": ', arn: keyArn, label: 'the key policy' };
    const server = await start(() => [
      kmsWith({ ListKeys: { authorization: () => [permission('kms:Decrypt', { resourcePolicy: broken })] } }),
    ]);
    expect((await call(server, 'ListKeys')).status).toBe(403);
    expect(await trailOf(server)).toMatchObject([{ outcome: 'unknown' }]);
  });

  // spec: SRV-AUTHZ-4
  it('of several permissions the first refusal is reported, and the rest are not asked', async () => {
    const server = await start(() => [
      kmsWith({
        ListKeys: {
          authorization: () => [
            permission('kms:Encrypt', keyPolicy(delegation)),
            permission('kms:Decrypt', keyPolicy({ ...delegation, Action: 'kms:Encrypt' })),
            permission('kms:Sign', keyPolicy(delegation)),
          ],
        },
      }),
    ]);
    expect((await call(server, 'ListKeys')).body).toContain('kms:Decrypt');
    expect((await trailOf(server)).map(({ action }) => action)).toEqual(['kms:Decrypt', 'kms:Encrypt']);
  });

  // spec: SRV-CTX-1, SRV-CTX-2, SRV-CTX-3
  it.each([
    ['aws:SecureTransport', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['aws:RequestedRegion', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }],
    ['aws:SourceIp', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }],
    ['aws:UserAgent', { StringEquals: { 'aws:UserAgent': 'test' } }],
    ['aws:PrincipalArn', { StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:user/u` } }],
    ['aws:userid', { StringEquals: { 'aws:userid': 'AIDAU' } }],
    ['aws:ResourceAccount', { StringEquals: { 'aws:ResourceAccount': account } }],
    ['aws:PrincipalOrgID', { Null: { 'aws:PrincipalOrgID': 'true' } }],
    ['aws:CurrentTime', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
    ['aws:SourceVpce', { Null: { 'aws:SourceVpce': 'true' } }],
    ['aws:ViaAWSService', { Bool: { 'aws:ViaAWSService': 'false' } }],
  ])('a request carries %s', async (_, condition) => {
    const server = await start(() => [
      kmsWith({
        ListKeys: {
          authorization: () => [
            permission('kms:Decrypt', keyPolicy({ ...delegation, Condition: condition })),
          ],
        },
      }),
    ]);
    const answer = await sendRaw(
      server.address.port,
      signedRequest({
        service: 'kms',
        key: userKey,
        body: '{}',
        headers: { 'x-amz-target': 'TrentService.ListKeys', 'user-agent': 'test' },
      }),
    );
    expect(answer.status).toBe(200);
  });
});

describe('the inside door', () => {
  const forwarded = { ...adminCaller, forwardedBy: { service: 's3', region: 'us-east-1' } };

  // spec: SRV-INVOKE-1, SRV-INVOKE-2
  it('goes through the same authorisation, and its decisions belong to the request from outside', async () => {
    let invoke: Invoke | null = null;
    const via = { Bool: { 'aws:ViaAWSService': 'true' }, Null: { 'aws:SourceIp': 'true' } };
    const server = await start((door) => {
      invoke = door;
      return [
        kmsWith({
          GenerateDataKey: {
            authorization: () => [
              permission('kms:GenerateDataKey', keyPolicy({ ...delegation, Condition: via })),
            ],
            operate: async (input) => ({ KeyId: (input as { KeyId: string }).KeyId }),
          },
          ListKeys: {
            authorization: () => [permission('kms:ListKeys', keyPolicy(delegation))],
            operate: async () => {
              const { output, decisionIds } = await door(
                'kms',
                'GenerateDataKey',
                { KeyId: 'k' },
                {
                  caller: forwarded,
                  region: 'us-east-1',
                },
              );
              expect(decisionIds).toHaveLength(1);
              return { NextMarker: (output as { KeyId: string }).KeyId, Truncated: false, Keys: [] };
            },
          },
          ListAliases: {
            authorization: () => [permission('kms:ListAliases', keyPolicy(delegation))],
            operate: async () => {
              // Not forwarded, so the condition does not hold.
              await door('kms', 'GenerateDataKey', {}, { caller: adminCaller, region: 'us-east-1' });
            },
          },
        }),
      ];
    });
    const done = await call(server, 'ListKeys');
    expect(JSON.parse(done.body)).toMatchObject({ NextMarker: 'k' });
    const [inner, outer] = await trailOf(server);
    expect(inner).toMatchObject({
      action: 'kms:GenerateDataKey',
      requestId: done.headers.get('x-amzn-requestid'),
    });
    expect(done.headers.get('x-sealpost-decision-id')).toBe(outer?.id);

    const refused = await call(server, 'ListAliases');
    expect(refused.body).toContain('kms:GenerateDataKey');
    const [cause] = await trailOf(server);
    expect(refused.headers.get('x-sealpost-decision-id')).toBe(cause?.id);

    const made: string[] = [];
    const options = {
      caller: adminCaller,
      region: 'us-east-1',
      onDecision: ({ outcome }: { outcome: string }) => made.push(outcome),
    };
    await expect(invoke!('kms', 'GenerateDataKey', {}, options)).rejects.toBeInstanceOf(AwsError);
    expect(made).toEqual(['denied']);
  });

  // spec: SRV-INVOKE-3
  it('a circle of calls ends', async () => {
    const server = await start((door) => [
      kmsWith({
        ListKeys: {
          operate: async (_: unknown, __: unknown, { caller }: OperationContext<unknown>) =>
            (await door('kms', 'ListKeys', {}, { caller, region: 'us-east-1' })).output,
        },
      }),
    ]);
    expect((await call(server, 'ListKeys')).status).toBe(500);
  });

  it('hands a body on', async () => {
    let body = '';
    let invoke: Invoke | null = null;
    await start((door) => {
      invoke = door;
      return [
        {
          name: 's3',
          protocol: serviceProtocols.s3,
          operations: {
            PutObject: {
              operate: async (_: unknown, __: unknown, { payload }: OperationContext<unknown>) => {
                for await (const part of payload!.stream) body += Buffer.from(part).toString();
                return {};
              },
            },
          },
        },
      ];
    });
    await invoke!(
      's3',
      'PutObject',
      { Bucket: 'b', Key: 'k' },
      {
        caller: adminCaller,
        region: 'us-east-1',
        payload: payloadOfBytes(Buffer.from('hello')),
      },
    );
    expect(body).toBe('hello');
  });
});

describe("Sealpost's own endpoints", () => {
  // spec: SRV-ADMIN-1
  it('tell when it is alive and when it is ready', async () => {
    const server = await start(() => [kmsWith({})]);
    expect((await own(server, 'GET /_sealpost/health')).status).toBe(200);
    expect((await own(server, 'GET /_sealpost/ready')).status).toBe(503);
    server.server.markReady();
    expect((await own(server, 'GET /_sealpost/ready')).status).toBe(200);
    const tooling = await own(server, 'GET /_localstack/health');
    expect(JSON.parse(tooling.body)).toMatchObject({ services: { kms: 'running' } });
    expect((await own(server, 'GET /_sealpost/nothing')).status).toBe(404);
    expect((await own(server, 'DELETE /_sealpost/health')).status).toBe(405);
  });

  // spec: SRV-ADMIN-3
  it('reset and move the clock only where that is allowed', async () => {
    const calls: string[] = [];
    const administration = {
      reset: async () => void calls.push('reset'),
      settle: async () => void calls.push('settle'),
    };
    const server = await start(() => [kmsWith({})], { administration });
    const moved = await own(server, 'POST /_sealpost/clock', '', '{"advanceSeconds": 86400}');
    const { now } = JSON.parse(moved.body) as { now: string };
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(86_000_000);
    // Signatures are judged by the real time all the same.
    expect((await call(server, 'ListKeys')).body).toContain('UnknownOperationException');
    for (const body of [
      '{}',
      '{"advanceSeconds": -1}',
      '{"advanceSeconds": "1"}',
      'x',
      '{"advanceSeconds": 1e12}',
    ])
      expect((await own(server, 'POST /_sealpost/clock', '', body)).status, body).toBe(400);
    expect((await own(server, 'POST /_sealpost/reset')).status).toBe(200);
    // Once for what is due before the clock moves, once for what fell due on the way.
    expect(calls).toEqual(['settle', 'settle', 'reset']);
    const locked = await start(() => [kmsWith({})], { settings: { isResetAllowed: false } });
    expect((await own(locked, 'POST /_sealpost/reset')).status).toBe(403);
    expect((await own(locked, 'POST /_sealpost/clock', '', '{"advanceSeconds": 1}')).status).toBe(403);
  });

  it('a page of another origin may not ask', async () => {
    const server = await start(() => [kmsWith({})]);
    expect((await own(server, 'POST /_sealpost/reset', 'Origin: http://evil.example\r\n')).status).toBe(403);
    expect((await own(server, 'POST /_sealpost/reset', 'Origin: http://127.0.0.1\r\n')).status).toBe(200);
  });

  // spec: SRV-ADMIN-4
  it('export a setup, several, or say that there is none', async () => {
    const setups = [{ recorder: { account: '1' } }, { recorder: { account: '2' } }];
    const server = await start(() => [kmsWith({})], {
      administration: {
        exportSetups: async ({ account: only }) =>
          setups.filter(({ recorder }) => only === null || recorder.account === only),
      },
    });
    expect(JSON.parse((await own(server, 'GET /_sealpost/setup')).body)).toEqual(setups);
    expect(JSON.parse((await own(server, 'GET /_sealpost/setup?account=2')).body)).toEqual(setups[1]);
    const none = await own(server, 'GET /_sealpost/setup?account=3');
    expect(none.status).toBe(404);
    expect(none.body).toContain('PutConfigurationRecorder');
  });

  // spec: SRV-ADMIN-2
  it('off loopback, all but health and readiness need the root credentials', async () => {
    const server = await start(() => [kmsWith({})], { settings: { host: '0.0.0.0' } });
    expect((await own(server, 'GET /_sealpost/health')).status).toBe(200);
    expect((await own(server, 'GET /_sealpost/decisions')).status).toBe(403);
    expect((await own(server, 'POST /_sealpost/reset')).status).toBe(403);
    const signed = (key: typeof userKey): Promise<RawAnswer> =>
      sendRaw(
        server.address.port,
        signedRequest({ service: 'sealpost', key, method: 'GET', path: '/_sealpost/decisions' }),
      );
    expect((await signed(adminKey)).status).toBe(200);
    expect((await signed(userKey)).status).toBe(403);
    expect((await signed({ ...adminKey, secretAccessKey: 'x' })).status).toBe(403);
  });
});

describe('opening and closing', () => {
  it('a port that is taken is told in one sentence', async () => {
    const first = await start(() => [kmsWith({})]);
    const second = start(() => [kmsWith({})], { settings: { port: first.address.port } });
    await expect(second).rejects.toBeInstanceOf(ServerNotStarted);
    await expect(second).rejects.toThrow(
      `port ${first.address.port} on 127.0.0.1 is in use by another program: stop it, or choose another port with --port (0 takes any free one)`,
    );
    await expect(start(() => [kmsWith({})], { settings: { host: '192.0.2.1' } })).rejects.toMatchObject({
      fault: 'address-not-here',
    });
  });

  // spec: SRV-HTTP-4
  it('a request under way is finished before the server is closed', async () => {
    let proceed = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (proceed = resolve));
    const server = await start(() => [
      kmsWith({
        ListKeys: {
          operate: async () => {
            await waiting;
            return { Keys: [] };
          },
        },
      }),
    ]);
    const answer = call(server, 'ListKeys');
    // A client that would keep its connection is told that it ends.
    const kept = sendRaw(
      server.address.port,
      signedRequest({
        service: 'kms',
        key: userKey,
        body: '{}',
        headers: { 'x-amz-target': 'TrentService.ListKeys' },
        tamper: (headers) => ({ ...headers, connection: 'keep-alive' }),
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = server.server.close();
    await expect(call(server, 'ListKeys')).rejects.toThrow();
    proceed();
    expect((await answer).status).toBe(200);
    expect((await kept).headers.get('connection')).toBe('close');
    await closed;
    await server.server.close();
  });

  it('no secret, signature or session token is logged', async () => {
    const server = await start(() => [kmsWith({ ListKeys: {}, Encrypt: {} })]);
    await call(server, 'ListKeys');
    await call(server, 'ListKeys', { ...userKey, secretAccessKey: 'wrong' });
    await sendRaw(
      server.address.port,
      signedRequest({
        service: 'kms',
        key: userKey,
        body: '{"KeyId":"shown","Plaintext":"aGlkZGVu"}',
        headers: { 'x-amz-target': 'TrentService.Encrypt' },
      }),
    );
    const text = JSON.stringify(server.logged);
    expect(text).toContain('shown');
    expect(text).not.toContain('aGlkZGVu');
    expect(text).not.toContain(userKey.secretAccessKey);
    expect(text).not.toMatch(/Signature=|Credential=/);
    expect(server.logged.length).toBeGreaterThan(1);
  });
});
