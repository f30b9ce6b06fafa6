import type { CreateAccountRequest, CreateAccountResponse } from '@aws-sdk/client-organizations';
import { parseAccountId, type AccountId } from '../../../aws/account-id.ts';
import { organizationsErrors } from '../errors.ts';
import {
  changeOrganization,
  managementOperation,
  type OrganizationsContext,
} from '../management-operation.ts';
import { lowerCaseAlphabet } from '../new-id.ts';
import type { AccountRecord } from '../ports.ts';
import { createStatus } from '../shapes.ts';
import { defaultAttachments } from '../tree.ts';

/** The account is there at once; the answer says that it is in progress, as AWS's does. spec: ORG-ACCOUNT-1 */
export const createAccount = managementOperation<CreateAccountRequest, CreateAccountResponse, null>({
  name: 'CreateAccount',
  find: () => null,
  resources: () => ['*'],
  async operate({ AccountName = '', Email = '' }, of, context) {
    const { tree } = of;
    if (AccountName === '' || !Email.includes('@'))
      throw organizationsErrors.invalidInput({
        message: `You specified an invalid value: ${AccountName === '' ? 'AccountName' : 'Email'}.`,
      });
    const account: AccountRecord = {
      id: newAccountId(context),
      name: AccountName,
      email: Email,
      parentId: tree.rootId,
      joinedMethod: 'CREATED',
      joinedAtMillis: context.nowMillis(),
      createRequestId: `car-${context.newToken(32, lowerCaseAlphabet)}`,
    };
    await changeOrganization(
      of,
      {
        ...tree,
        accounts: { ...tree.accounts, [account.id]: account },
        attachments: { ...tree.attachments, [account.id]: defaultAttachments(tree) },
      },
      context,
    );
    return { CreateAccountStatus: createStatus(account, 'IN_PROGRESS') };
  },
});

function newAccountId(context: OrganizationsContext): AccountId {
  const id = parseAccountId(`${context.newToken(1, '123456789')}${context.newToken(11, '0123456789')}`);
  if (id === null) throw new Error('twelve digits are an account ID: this is a fault of Sealpost');
  return id;
}
