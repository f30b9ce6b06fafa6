/**
 * Packs the package as it would be published, installs it into an empty folder, and uses it as its users do: the
 * command by `npx`, the library, in a browser too, the testing helper in a test of vitest, and the types by a strict compiler. What only
 * works in a checkout fails here. When it fails: the last lines say which use; `npm pack` shows what is in the package.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const libraryUse = `
import { check } from 'sealpost';
import { lint } from 'sealpost/pure';
const report = check({
  recorder: { account: '111122223333', region: 'us-east-1', roleARN: 'arn:aws:iam::111122223333:role/config' },
  deliveryChannel: { s3BucketName: 'config-logs' },
  complete: true,
});
lint({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } });
console.log(report.verdict);
`;

const vitestUse = `
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { startSealpost } from 'sealpost/testing';
import { expect, it } from 'vitest';

it('delivers', async () => {
  await using sealpost = await startSealpost({ setup: 'examples/service-linked-role/setup.json' });
  const s3 = sealpost.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'of-mine' }));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets).toHaveLength(2);
  const { kms } = await sealpost.clients();
  expect(await kms.config.region()).toBe('us-east-1');
  expect((await sealpost.check()).verdict).toBe('delivers');
});
`;

const pageUse = `
import { evaluate } from 'sealpost/pure';
globalThis.decided = (setup, request) => evaluate(setup, request).outcome;
`;

const strictConfig = JSON.stringify({
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['*.ts'],
});

const checkout = resolve('.');
const folder = mkdtempSync(join(tmpdir(), 'sealpost-package-'));
const failed: string[] = [];

try {
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], checkout);
  const file = packed.trim().split('\n').at(-1) ?? '';
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--silent', join(folder, file)]);
  cpSync('examples', join(folder, 'examples'), { recursive: true });

  use('npx sealpost check', 'npx', ['--no-install', 'sealpost', 'check', 'examples/role/setup.yaml'], (out) =>
    out.includes('AWS Config delivers as the role'),
  );
  use(
    'the library',
    process.execPath,
    ['--input-type=module', '--eval', libraryUse],
    (out) => out === 'fails\n',
  );

  writeFileSync(join(folder, 'page.js'), pageUse);
  use(
    'a bundle for browsers, with nothing of Node and no lint rule',
    join(checkout, 'node_modules/.bin/rolldown'),
    ['page.js', '--platform', 'browser', '--file', 'bundled.js'],
    (out) =>
      !out.includes('UNRESOLVED') &&
      !/['"]node:|missing-version/.test(readFileSync(join(folder, 'bundled.js'), 'utf8')),
  );

  writeFileSync(join(folder, 'delivery.test.ts'), vitestUse);
  // The user's own tools: what this checkout has stands in for them.
  for (const tool of ['vitest', 'typescript', '@types/node']) {
    const link = join(folder, 'node_modules', tool);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(checkout, 'node_modules', tool), link);
  }
  use('sealpost/testing in vitest', join(checkout, 'node_modules/.bin/vitest'), ['run'], (out) =>
    /Tests +.*1 passed/.test(out),
  );
  writeFileSync(join(folder, 'tsconfig.json'), strictConfig);
  use('the types', join(checkout, 'node_modules/.bin/tsc'), ['-p', '.'], (out) => out === '');
} finally {
  rmSync(folder, { recursive: true });
}
if (failed.length > 0) {
  console.error(`the packed package does not work: ${failed.join(', ')}`);
  process.exitCode = 1;
} else console.log('the packed package works: npx, library, browsers, testing helper, types');

function run(command: string, args: readonly string[], cwd = folder): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}: ${stdout}${stderr}`);
  return stdout;
}

function use(
  name: string,
  command: string,
  args: readonly string[],
  isRight: (out: string) => boolean,
): void {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
  });
  const isFine = status === 0 && isRight(stdout);
  console.log(
    `${isFine ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`,
  );
  if (isFine) return;
  console.error(stdout + stderr);
  failed.push(name);
}
