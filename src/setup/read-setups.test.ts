import { describe, expect, it } from 'vitest';
import { readSetupsText } from './read-setups.ts';

const options = { file: 'setups.json', readFile: () => Promise.reject(new Error('no file is named')) };
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/k';
const setup = (effect: string): string =>
  `{ "keys": [ { "arn": "${keyArn}",\n "policy": { "Statement": { "Effect": "${effect}", "Principal": "*", "Action": "kms:*", "Resource": "*" } } } ] }`;

// spec: SETUP-READ-3
describe('a document with several setups', () => {
  it('is each of them, and finds their policies in its own text', async () => {
    const [first, second] = await readSetupsText(`[${setup('Allow')},\n${setup('Deny')}]`, options);
    if (first?.ok !== true || second?.ok !== true) throw new Error('not read');
    expect(first.setup.setup.keys?.[0]?.arn).toBe(keyArn);
    const policy = second.setup.policySources.get('keys[0].policy');
    expect(policy).toMatchObject({ file: 'setups.json', textPointer: '/1/keys/0/policy' });
    expect(policy?.locate('/Statement/Effect')).toMatchObject({ line: 4 });
  });

  it('tells the faults of one, with their places, and reads the others', async () => {
    const [first, second] = await readSetupsText(`[${setup('Allow')},\n${setup('allow')}]`, options);
    expect(first?.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, faults: [{ code: 'unknown-effect', line: 4 }] });
  });

  it('holds at least one', async () => {
    expect(await readSetupsText('[]', options)).toMatchObject([
      { ok: false, faults: [{ code: 'empty-document', file: 'setups.json', line: 1, column: 1 }] },
    ]);
  });

  it('is the setup itself where there is but one', async () => {
    const [only, ...others] = await readSetupsText(setup('Allow'), options);
    expect(only?.ok).toBe(true);
    expect(others).toEqual([]);
  });
});
