import { expect, test } from 'vitest';
import { findRootCredential } from './root-credentials.ts';

// spec: SRV-AUTH-ROOT-1
test.each([
  ['test', '000000000000'],
  ['111122223333', '111122223333'],
  ['11112222333', null],
  ['AKIA', null],
])('on loopback %s is the root of %s', (accessKeyId, account) => {
  const found = findRootCredential(accessKeyId, null);
  expect(found?.caller.account ?? null).toBe(account);
  if (account !== null) expect(found?.secretAccessKey).toBe('test');
});

// spec: SRV-AUTH-ROOT-1
test('with root credentials of the environment there is no other root', () => {
  const given = { accessKeyId: 'AKIAOWN', secretAccessKey: 'secret' };
  expect(findRootCredential('AKIAOWN', given)).toMatchObject({ secretAccessKey: 'secret' });
  expect(findRootCredential('test', given)).toBeNull();
  expect(findRootCredential('111122223333', given)).toBeNull();
});
