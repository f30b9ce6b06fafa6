import { expect, test } from 'vitest';
import { accountForTest, roleForTest, userForTest } from '../../test/policy/policy-case.ts';
import { principalNames } from './principal-element.ts';
import type { Principal } from './principal.ts';

const account = accountForTest('111122223333');
const root = 'arn:aws-cn:iam::111122223333:root';
const bob = 'arn:aws-cn:sts::111122223333:federated-user/bob';

// spec: IAM-CALLER-1
test.each<[Principal, readonly string[]]>([
  [{ kind: 'account-root', account, partition: 'aws-cn' }, [root]],
  [userForTest, ['arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::111122223333:root']],
  [
    roleForTest('arn:aws:iam::111122223333:role/team/config'),
    [
      'arn:aws:sts::111122223333:assumed-role/config/session',
      'arn:aws:iam::111122223333:role/team/config',
      'arn:aws:iam::111122223333:root',
    ],
  ],
  [{ kind: 'federated-user', arn: bob, account, partition: 'aws-cn', userArn: 'user' }, [bob, 'user', root]],
  [{ kind: 'federated-user', arn: bob, account, partition: 'aws-cn', userArn: null }, [bob, root]],
  [{ kind: 'service', name: 'config.amazonaws.com' }, ['config.amazonaws.com']],
  [{ kind: 'federated', provider: 'accounts.google.com' }, ['accounts.google.com']],
  [{ kind: 'anonymous' }, ['anonymous']],
])('a caller is called by the most exact name first: %o', (principal, names) => {
  expect(principalNames(principal)).toEqual(names);
});
