import type {
  DescribeCreateAccountStatusRequest,
  DescribeCreateAccountStatusResponse,
} from '@aws-sdk/client-organizations';
import { organizationsErrors } from '../errors.ts';
import { managementOperation } from '../management-operation.ts';
import type { AccountRecord } from '../ports.ts';
import { createStatus } from '../shapes.ts';

/** spec: ORG-ACCOUNT-1 */
export const describeCreateAccountStatus = managementOperation<
  DescribeCreateAccountStatusRequest,
  DescribeCreateAccountStatusResponse,
  AccountRecord
>({
  name: 'DescribeCreateAccountStatus',
  find({ CreateAccountRequestId = '' }, tree) {
    const account = Object.values(tree.accounts).find(
      ({ createRequestId }) => createRequestId === CreateAccountRequestId,
    );
    if (account === undefined) throw organizationsErrors.createStatusNotFound();
    return account;
  },
  resources: () => ['*'],
  operate: (_, { found }) => Promise.resolve({ CreateAccountStatus: createStatus(found, 'SUCCEEDED') }),
});
