import { describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import type { Terminal } from '../terminal.ts';

const account = '111122223333';
const key = `arn:aws:kms:us-east-1:${account}:key/k`;
const files: Readonly<Record<string, string>> = {
  'setup.yaml': `keys:\n  - arn: ${key}\n    policy: key.json\n`,
  'key.json': JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AWSConfigKMSPolicy',
          Effect: 'Allow',
          Principal: { Service: 'config.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
          Condition: { StringEquals: { 'AWS:SourceAccount': account } },
        },
      ],
    },
    null,
    2,
  ),
  'allowed.json': request(account),
  'denied.json': request('999988887777'),
  'unknown.json': request(null).replace('{', '{ "contextIsComplete": false, '),
  'several.json': request(account).replace(`"${account}"`, `["${account}", "999988887777"]`),
  'many.jsonl': `${request(account)}\n\n${request('999988887777')}\n`,
  'broken.jsonl': `${request(account)}\n{ "principal": \n`,
  'wrong.json': JSON.stringify({ principal: 'config', acton: 'kms:Decrypt', resource: key }),
};

describe('sealpost evaluate', () => {
  it.each([
    ['allowed.json', 0, 'allowed'],
    ['denied.json', 1, 'denied'],
    ['unknown.json', 3, 'unknown'],
  ])('%s ends with %i', async (file, status, outcome) => {
    const run = await evaluate('--request', file, '--format', 'json');
    expect(run).toMatchObject({ status, err: '' });
    expect(JSON.parse(run.out)).toMatchObject({ outcome });
  });

  it('prints the decision with the members of the contract, in their order', async () => {
    const { out } = await evaluate('--request', 'denied.json', '--format', 'json');
    const decision = JSON.parse(out) as { readonly statements: unknown };
    expect(Object.keys(decision)).toEqual([
      'outcome',
      'reason',
      'message',
      'layers',
      'statements',
      'unknown',
    ]);
    expect(decision.statements).toEqual([
      {
        source: 'keys[0].policy',
        file: 'key.json',
        sid: 'AWSConfigKMSPolicy',
        pointer: '/Statement/0',
        line: 4,
        column: 5,
        effect: 'Allow',
        matched: false,
        because: expect.stringContaining('999988887777'),
      },
    ]);
  });

  // spec: LINT-QUALIFIER-1
  it('has a finding where a plain operator meets several values', async () => {
    const run = await evaluate('--request', 'several.json', '--format', 'json');
    expect(run.status).toBe(3);
    const at = { source: 'keys[0].policy', pointer: '/Statement/0/Condition/StringEquals/AWS:SourceAccount' };
    expect(JSON.parse(run.out)).toMatchObject({
      outcome: 'unknown',
      findings: [{ code: 'missing-qualifier', severity: 'error', file: 'key.json', line: 17, ...at }],
    });
    expect((await evaluate('--request', 'several.json')).out).toContain('error[missing-qualifier]');
  });

  // spec: SETUP-EVAL-5
  it('answers JSON Lines with an array in the same order, and ends with the gravest', async () => {
    const { status, out } = await evaluate('--request', 'many.jsonl', '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ outcome: 'allowed' }, { outcome: 'denied' }]);
  });

  it('tells a person the statement, its place and the one thing that kept it from matching', async () => {
    const { out } = await evaluate('--request', 'denied.json');
    expect(out).toContain(`denied kms:Decrypt on ${key} (no-resource-policy-allow)`);
    expect(out).toContain('key.json:4:5 /Statement/0 (Allow): Condition StringEquals AWS:SourceAccount');
  });

  it('shows every layer on demand, with the outcome of the decision', async () => {
    const { out } = await evaluate('--request', 'allowed.json', '--explain');
    expect(out).toContain('✔ allowed');
    expect(out).toContain('KMS grants');
  });

  it('refuses what is no request, with every fault', async () => {
    const { status, err } = await evaluate('--request', 'wrong.json');
    expect(status).toBe(2);
    expect(err).toContain('`acton` is not a member of the request');
    expect(err).toContain('did you mean `action`');
    expect(err).toContain('has no `action`');
  });

  it('places a fault of JSON Lines in its line', async () => {
    const { status, err } = await evaluate('--request', 'broken.jsonl');
    expect(status).toBe(2);
    expect(err).toContain('broken.jsonl:2:');
  });

  it('says which file cannot be read and what to do', async () => {
    const { status, err } = await evaluate('--request', 'nowhere.json');
    expect(status).toBe(2);
    expect(err).toContain("`nowhere.json` can't be read: there is no such file");
  });

  it('asks for the request where none is named', async () => {
    const { status, err } = await evaluate();
    expect(status).toBe(2);
    expect(err).toContain('add `--request FILE`');
  });
});

function request(sourceAccount: string | null): string {
  return JSON.stringify({
    principal: { service: 'config.amazonaws.com' },
    action: 'kms:Decrypt',
    resource: key,
    ...(sourceAccount !== null && { context: { 'aws:SourceAccount': sourceAccount } }),
  });
}

async function evaluate(...args: readonly string[]) {
  const run = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => void (run.out += text),
    err: (text) => void (run.err += text),
    hasColours: false,
    errHasColours: false,
    env: {},
    nowMillis: () => Date.UTC(2026, 0, 1),
    readText: (path) => {
      const text = files[path];
      return text === undefined
        ? Promise.reject(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }))
        : Promise.resolve(text);
    },
    appendText: () => Promise.resolve(),
    isScreen: false,
    fileMark: () => Promise.resolve(null),
    pause: () => Promise.resolve('ended'),
    writeText: () => Promise.reject(new Error('nothing is written')),
  };
  const status = await main(['evaluate', '--setup', 'setup.yaml', ...args], terminal);
  return { ...run, status };
}
