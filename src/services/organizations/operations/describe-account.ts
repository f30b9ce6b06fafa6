import type { DescribeAccountRequest, DescribeAccountResponse } from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { findAccount } from '../find-account.ts';
import { managementOperation } from '../management-operation.ts';
import type { AccountRecord } from '../ports.ts';
import { accountShape } from '../shapes.ts';

/** spec: ORG-ACCOUNT-1 */
export const describeAccount = managementOperation<
  DescribeAccountRequest,
  DescribeAccountResponse,
  AccountRecord
>({
  name: 'DescribeAccount',
  find: ({ AccountId }, tree) => findAccount(AccountId, tree),
  resources: ({ id }, tree) => [targetArn(id, tree)],
  operate: (_, { found, tree }) => Promise.resolve({ Account: accountShape(found, tree) }),
});
