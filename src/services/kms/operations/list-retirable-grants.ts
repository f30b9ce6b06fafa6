import type { ListGrantsResponse, ListRetirableGrantsRequest } from '@aws-sdk/client-kms';
import { numberBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { localArn } from '../find-key.ts';
import { grantEntry } from '../grant-entry.ts';
import { page, readMarker } from '../paging.ts';
import { grants, type KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

/** Grants on the account's keys in this Region that this principal may retire. */
export const listRetirableGrants = operation<ListRetirableGrantsRequest, ListGrantsResponse, KmsPorts, null>({
  name: 'ListRetirableGrants',
  validate: (input) =>
    assertConstraints(
      required('retiringPrincipal', input.RetiringPrincipal),
      numberBetween('limit', input.Limit, 1, 100),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [
    { action: 'kms:ListRetirableGrants', resource: '*', resourceAccount: context.caller.account },
  ],
  async operate(input, _, context) {
    const limit = input.Limit ?? 50;
    const after = readMarker(input.Marker);
    const stored = await context.ports.records.find(grants, 'retiring', input.RetiringPrincipal ?? '', {
      prefix: localArn('key/', context),
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    });
    const { items, Truncated, NextMarker } = page(stored, limit, (grant) => grant.key);
    return { Grants: items.map(({ value }) => grantEntry(value)), Truncated, NextMarker };
  },
});
