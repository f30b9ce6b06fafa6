import type { MoveAccountRequest } from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { organizationsErrors } from '../errors.ts';
import { findAccount } from '../find-account.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import type { AccountRecord } from '../ports.ts';
import { isParent } from '../tree.ts';

export interface Found {
  readonly account: AccountRecord;
  readonly destinationId: string;
}

/** What is attached above the account changes at once. spec: ORG-ACCOUNT-2 */
export const moveAccount = managementOperation<MoveAccountRequest, object, Found>({
  name: 'MoveAccount',
  find({ AccountId, SourceParentId, DestinationParentId = '' }, tree) {
    const account = findAccount(AccountId, tree);
    if (account.parentId !== SourceParentId) throw organizationsErrors.sourceParentNotFound();
    if (!isParent(DestinationParentId, tree)) throw organizationsErrors.destinationParentNotFound();
    if (DestinationParentId === SourceParentId) throw organizationsErrors.duplicateAccount();
    return { account, destinationId: DestinationParentId };
  },
  resources: ({ account, destinationId }, tree) =>
    [account.id, account.parentId, destinationId].map((id) => targetArn(id, tree)),
  async operate(_, of, context) {
    const { tree, found } = of;
    const moved = { ...found.account, parentId: found.destinationId };
    await changeOrganization(of, { ...tree, accounts: { ...tree.accounts, [moved.id]: moved } }, context);
    return {};
  },
});
