import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readSetupText, type ReadSetupOptions } from './read-setup.ts';

const seedText = [
  '{',
  '  "recorder": { "account": "111122223333", "region": "us-east-1", "roleARN": "arn:aws:iam::111122223333:role/config" },',
  '  "deliveryChannel": { "s3BucketName": "config-logs", "s3KeyPrefix": null },',
  '  "buckets": [ { "name": "config-logs", "policy": "bucket.json" } ],',
  '  "keys": [ { "arn": "arn:aws:kms:us-east-1:111122223333:key/k", "policy": {',
  '    "Statement": { "Sid": "A", "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" } } } ]',
  '}',
].join('\n');
const bucketText =
  '{\n "Statement": [\n  { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" } ] }';

const options = (file: string | null): ReadSetupOptions => ({
  file,
  readFile: () => Promise.resolve(bucketText),
});

describe('reading a setup', () => {
  it('finds a statement in the text that the user edits, inline or in a file of its own', async () => {
    const read = await readSetupText(seedText, options('dir/setup.json'));
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const { policySources } = read.setup;
    const bucket = policySources.get('buckets[0].policy');
    expect(bucket).toMatchObject({ file: 'dir/bucket.json', textPointer: '', label: 'the bucket policy' });
    expect(bucket?.locate('/Statement/0')).toMatchObject({ line: 3, column: 3 });
    const key = policySources.get('keys[0].policy');
    expect(key).toMatchObject({ file: 'dir/setup.json', textPointer: '/keys/0/policy' });
    expect(key?.locate('/Statement')).toMatchObject({ line: 6, column: 18 });
    expect(read.setup.setup.buckets?.[0]?.policy).toEqual(JSON.parse(bucketText));
  });

  // spec: SETUP-NULL-1
  it('keeps what is known to be none apart from what was not given', async () => {
    const read = await readSetupText(seedText, options(null));
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    expect(read.setup.setup.deliveryChannel).toEqual({ s3BucketName: 'config-logs', s3KeyPrefix: null });
  });

  it('says the same of a document whether it is JSON or YAML', async () => {
    const json = await readSetupText(seedText, options('setup.json'));
    const yaml = await readSetupText(stringify(JSON.parse(seedText)), options('setup.yaml'));
    expect(json.ok && yaml.ok && yaml.setup.setup).toEqual(json.ok && json.setup.setup);
  });

  it('asks for no file twice', async () => {
    const asked: string[] = [];
    const text = JSON.stringify({
      buckets: [
        { name: 'aaa', policy: 'p.json' },
        { name: 'bbb', policy: './p.json' },
      ],
    });
    await readSetupText(text, {
      file: 'x/setup.json',
      readFile: (path) => {
        asked.push(path);
        return Promise.resolve(bucketText);
      },
    });
    expect(asked).toEqual(['x/p.json']);
  });

  it('refuses a document over a mebibyte, JSON or YAML', async () => {
    const padding = ' '.repeat(1024 * 1024);
    for (const file of ['setup.json', 'setup.yaml']) {
      const read = await readSetupText(`{}${padding}`, options(file));
      expect(!read.ok && read.faults[0]?.code, file).toBe('document-too-large');
    }
  });

  it('refuses a document that nests without end, JSON or YAML', async () => {
    for (const file of ['setup.json', 'setup.yaml']) {
      const read = await readSetupText('[ '.repeat(100_000), options(file));
      expect(!read.ok && read.faults[0]?.code, file).toMatch(/^document-too-deep$/);
    }
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9-]{2,20}$/);
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constant('*'),
    Action: fc.constantFrom('s3:*', 'kms:Decrypt'),
    Resource: fc.constant('*'),
  });
  const policy = fc.record({
    Version: fc.constant('2012-10-17'),
    Statement: fc.array(statement, { minLength: 1 }),
  });
  const setups = fc.record(
    {
      complete: fc.boolean(),
      organization: fc.constantFrom(null, { id: 'o-exampleorgid', accounts: [{ id: '111122223333' }] }),
      buckets: fc.uniqueArray(
        fc.record(
          { name, account: fc.constant('011122223333'), policy: fc.option(policy) },
          { requiredKeys: ['name'] },
        ),
        { selector: (bucket) => bucket.name },
      ),
      keys: fc.uniqueArray(
        fc.record(
          { arn: name.map((id) => `arn:aws:kms:us-east-1:111122223333:key/${id}`), policy },
          { requiredKeys: ['arn'] },
        ),
        { selector: (key) => key.arn },
      ),
    },
    { requiredKeys: [] },
  );

  it('reads what is printed as the same setup, in JSON and in YAML', async () => {
    await fc.assert(
      fc.asyncProperty(setups, fc.boolean(), async (setup, isYaml) => {
        // Twice, so that no member is `undefined`: JSON can't print it.
        const value: unknown = JSON.parse(JSON.stringify(setup));
        const text = isYaml ? stringify(value) : JSON.stringify(value, null, 2);
        const read = await readSetupText(text, options(isYaml ? 'setup.yaml' : 'setup.json'));
        expect(read.ok ? read.setup.setup : read.faults).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever the text is', async () => {
    const marks = Array.from('{}[]:,"\'\n-&*!|>#@%`\t \\');
    const pieces = fc.constantFrom(...marks, ...seedText.split(' '), 'null', '<<', '\uFEFF');
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom(null, 'a.json', 'a.yaml'), async (text, file) => {
        const read = await readSetupText(text, { file, readFile: () => Promise.reject(new Error('no')) });
        if (!read.ok) expect(read.faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells every fault with a place, whatever is changed in a setup', async () => {
    const value: unknown = JSON.parse(seedText);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...pathsOf(value)),
        fc.jsonValue({ maxDepth: 2 }),
        async (path, other) => {
          const text = JSON.stringify(replaced(value, path, other), null, 1);
          const read = await readSetupText(text, options('setup.json'));
          for (const fault of read.ok ? [] : read.faults) {
            expect(fault.line, JSON.stringify(fault)).not.toBeNull();
            expect(fault.message).not.toMatch(/undefined|\[object|invalid/i);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, child]) => pathsOf(child).map((path) => [key, ...path])),
  ];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (String(i) === key ? replaced(item, rest, other) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, name === key ? replaced(child, rest, other) : child]),
  );
}

describe('the path of a policy', () => {
  it.each([
    ['examples/a/setup.json', '../b/key.json', 'examples/b/key.json'],
    ['examples/a/setup.json', './key.json', 'examples/a/key.json'],
    ['./a/setup.json', 'key.json', 'a/key.json'],
    ['setup.json', '../key.json', '../key.json'],
    ['../a/setup.json', '../../key.json', '../../key.json'],
    ['/etc/a/setup.json', '../key.json', '/etc/key.json'],
    ['a/setup.json', '/etc/key.json', '/etc/key.json'],
  ])('of %s, %s, is %s', async (file, path, expected) => {
    const asked: string[] = [];
    await readSetupText(JSON.stringify({ buckets: [{ name: 'config-logs', policy: path }] }), {
      file,
      readFile: (name) => {
        asked.push(name);
        return Promise.resolve('{"Statement":[]}');
      },
    });
    expect(asked).toEqual([expected]);
  });
});
