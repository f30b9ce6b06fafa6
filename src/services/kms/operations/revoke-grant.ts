import type { RevokeGrantRequest } from '@aws-sdk/client-kms';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { grants as grantRecords, type KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:RevokeGrant';

export const revokeGrant = operation<RevokeGrantRequest, object, KmsPorts, FoundKey>({
  name: 'RevokeGrant',
  validate: (input) =>
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      required('grantId', input.GrantId),
      lengthBetween('grantId', input.GrantId, 1, 128),
    ),
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: true }, context),
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  async operate(input, { key, grants }, context) {
    const grant = grants.find((other) => other.grantId === input.GrantId);
    if (grant === undefined) throw kmsErrors.invalidGrantId({ grantId: input.GrantId ?? '' });
    if (input.DryRun === true) throw kmsErrors.dryRun();
    await context.ports.records.commit([remove(grantRecords, `${key.arn}#${grant.grantId}`)]);
    return {};
  },
});
