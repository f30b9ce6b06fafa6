import { expect, test } from 'vitest';
import { accountForTest, roleForTest, userForTest } from '../../test/policy/policy-case.ts';
import { callerName } from './caller-name.ts';
import type { Principal } from './principal.ts';

const account = accountForTest('111122223333');
const bob = 'arn:aws:sts::111122223333:federated-user/bob';

// spec: SRV-AUTHZ-2
test.each<[Principal, string]>([
  [{ kind: 'account-root', account, partition: 'aws-cn' }, 'arn:aws-cn:iam::111122223333:root'],
  [userForTest, 'arn:aws:iam::111122223333:user/ann'],
  [
    roleForTest('arn:aws:iam::111122223333:role/team/config'),
    'arn:aws:sts::111122223333:assumed-role/config/session',
  ],
  [{ kind: 'federated-user', arn: bob, account, partition: 'aws', userArn: null }, bob],
  [{ kind: 'service', name: 'config.amazonaws.com' }, 'config.amazonaws.com'],
  [{ kind: 'federated', provider: 'accounts.google.com' }, 'accounts.google.com'],
  [{ kind: 'anonymous' }, 'anonymous'],
])('%o is called %s', (principal, name) => {
  expect(callerName(principal)).toBe(name);
});
