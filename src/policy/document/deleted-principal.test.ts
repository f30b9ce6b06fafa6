import { describe, expect, test } from 'vitest';
import { idInsteadOf, withoutDeletedPrincipal } from './deleted-principal.ts';

const arn = 'arn:aws:iam::111122223333:role/tools/config';
const session = 'arn:aws:sts::111122223333:assumed-role/config/worker';
const deleted = { arn, id: 'AROAEXAMPLEEXAMPLE123' };

const policy = (statement: object): string => JSON.stringify({ Statement: [statement] });

// spec: IAMAPI-ID-2
describe('the policy that named a deleted role', () => {
  test('names its unique ID, and keeps everything else as it was laid out', () => {
    const text = `{\n  "Statement" : { "Effect": "Allow",\n "Principal": {"AWS" : [ "${arn}", "111122223333" ]}, "Action":"*" }\n}`;
    expect(withoutDeletedPrincipal(text, deleted)).toBe(text.replace(arn, deleted.id));
  });

  test('keeps conditions: they compare the ARN as text', () => {
    const text = policy({
      Effect: 'Allow',
      Principal: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': arn } },
    });
    expect(withoutDeletedPrincipal(text, deleted)).toBe(text);
  });

  test.each([
    ['a longer name', `${arn}-2`],
    ['another path', 'arn:aws:iam::111122223333:role/config'],
    ['another account', arn.replace('1111', '4444')],
    ['a user', arn.replace(':role/', ':user/')],
  ])('keeps %s', (_what, other) => {
    const text = policy({ Effect: 'Allow', Principal: { AWS: other } });
    expect(withoutDeletedPrincipal(text, deleted)).toBe(text);
  });

  test('finds the name behind an escape, and each of two members of one name', () => {
    const escaped = arn.replaceAll('/', '\\/');
    const text = `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"${escaped}","AWS":["${arn}"]}}]}`;
    expect(withoutDeletedPrincipal(text, deleted)).toBe(
      `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"${deleted.id}","AWS":["${deleted.id}"]}}]}`,
    );
  });

  test('finds the name where nothing of it stands plain', () => {
    const escaped = arn.replace('config', '\\u0063onfig');
    const text = policy({ Effect: 'Allow', Principal: { AWS: 'X' } });
    expect(withoutDeletedPrincipal(text.replace('X', escaped), deleted)).toBe(text.replace('X', deleted.id));
  });

  test('keeps a byte order mark and what stands around the names, in whatever order', () => {
    const text = `\uFEFF{"Statement":[{"NotPrincipal":{"AWS":"${arn}"},"Principal":{"AWS":["${arn}",5]},"Effect":"Deny"}]}`;
    expect(withoutDeletedPrincipal(text, deleted)).toBe(text.replaceAll(arn, deleted.id));
  });

  test('takes a statement of two effects for one that may let in', () => {
    const text = `{"Statement":[{"Effect":"Deny","Effect":"Allow","Principal":{"AWS":"${session}"}}]}`;
    expect(withoutDeletedPrincipal(text, deleted)).toBe(text.replace(session, `${deleted.id}:worker`));
  });

  test.each([
    ['let in', { Effect: 'Allow', Principal: { AWS: session } }, true],
    ['kept out', { Effect: 'Deny', Principal: { AWS: session } }, false],
    ['exempt from a Deny', { Effect: 'Deny', NotPrincipal: { AWS: session } }, true],
  ])('forgets a session that was %s only where that lets in fewer', (_what, statement, isForgotten) => {
    const text = policy(statement);
    const expected = isForgotten ? text.replace(session, `${deleted.id}:worker`) : text;
    expect(withoutDeletedPrincipal(text, deleted)).toBe(expected);
  });

  test('may be no policy at all', () => {
    for (const text of [
      '',
      'config',
      '[]',
      '{"Statement":"config"}',
      '{"Statement":[{"Principal":{"AWS":["config',
    ])
      expect(withoutDeletedPrincipal(text, deleted)).toBe(text);
  });
});

test('a user has no sessions of a role', () => {
  const user = { arn: 'arn:aws:iam::111122223333:user/config', id: 'AIDAEXAMPLEEXAMPLE123' };
  expect(idInsteadOf(session, user, true)).toBeNull();
  expect(idInsteadOf(user.arn, user, true)).toBe(user.id);
});
