import type { ListGrantsRequest, ListGrantsResponse } from '@aws-sdk/client-kms';
import { numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { grantEntry } from '../grant-entry.ts';
import { keyPermission } from '../key-permission.ts';
import { page, readMarker } from '../paging.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:ListGrants';

export const listGrants = operation<ListGrantsRequest, ListGrantsResponse, KmsPorts, FoundKey>({
  name: 'ListGrants',
  validate: (input) =>
    assertConstraints(...keyIdFaults(input.KeyId), numberBetween('limit', input.Limit, 1, 100)),
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: true }, context),
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  operate(input, { grants }) {
    const after = readMarker(input.Marker);
    const wanted = grants.filter(
      (grant) =>
        (input.GrantId === undefined || grant.grantId === input.GrantId) &&
        (input.GranteePrincipal === undefined || grant.granteePrincipal === input.GranteePrincipal),
    );
    if (input.GrantId !== undefined && wanted.length === 0)
      throw kmsErrors.invalidGrantId({ grantId: input.GrantId });
    const rest = wanted.filter((grant) => after === undefined || grant.grantId > after);
    const { items, Truncated, NextMarker } = page(rest, input.Limit ?? 50, (grant) => grant.grantId);
    return Promise.resolve({ Grants: items.map(grantEntry), Truncated, NextMarker });
  },
});
