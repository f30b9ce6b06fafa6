/** Parts of an organization as the API shows them. */
import type {
  Account,
  CreateAccountStatus,
  Organization,
  OrganizationalUnit,
} from '@aws-sdk/client-organizations';
import { organizationArn, targetArn } from './arns.ts';
import type { AccountRecord, OrganizationRecord, UnitRecord } from './ports.ts';

export function organizationShape(tree: OrganizationRecord): Organization {
  const master = tree.accounts[tree.managementAccount];
  return {
    Id: tree.id,
    Arn: organizationArn(tree),
    FeatureSet: 'ALL',
    MasterAccountId: tree.managementAccount,
    MasterAccountArn: targetArn(tree.managementAccount, tree),
    MasterAccountEmail: master?.email,
    AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
  };
}

export function accountShape(account: AccountRecord, tree: OrganizationRecord): Account {
  return {
    Id: account.id,
    Arn: targetArn(account.id, tree),
    Name: account.name,
    Email: account.email,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: new Date(account.joinedAtMillis),
  };
}

export function unitShape(unit: UnitRecord, tree: OrganizationRecord): OrganizationalUnit {
  return { Id: unit.id, Arn: targetArn(unit.id, tree), Name: unit.name };
}

/** `state`: AWS makes accounts in the background, and so clients ask again. */
export function createStatus(
  account: AccountRecord,
  state: 'IN_PROGRESS' | 'SUCCEEDED',
): CreateAccountStatus {
  const at = new Date(account.joinedAtMillis);
  return {
    Id: account.createRequestId ?? '',
    AccountName: account.name,
    State: state,
    RequestedTimestamp: at,
    ...(state === 'SUCCEEDED' ? { AccountId: account.id, CompletedTimestamp: at } : {}),
  };
}
