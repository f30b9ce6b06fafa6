import type { RetireGrantRequest } from '@aws-sdk/client-kms';
import { lengthBetween } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import { remove } from '../../records.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, findStoredKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { grants as grantRecords, type GrantRecord, type KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const action = 'kms:RetireGrant';

export interface Resources {
  readonly found: FoundKey;
  readonly grant: GrantRecord;
}

/** A grant is retired by whom it names for that, not by key policies: only the grant itself is put to the engine. */
export const retireGrant = operation<RetireGrantRequest, object, KmsPorts, Resources>({
  name: 'RetireGrant',
  validate: (input) =>
    assertConstraints(
      lengthBetween('grantToken', input.GrantToken, 1, 8192),
      lengthBetween('keyId', input.KeyId, 1, 2048),
      lengthBetween('grantId', input.GrantId, 1, 128),
    ),
  resolve: (input, context) =>
    input.GrantToken === undefined ? byId(input, context) : byToken(input.GrantToken, context),
  authorization: (_, { found, grant }, context) => [
    keyPermission(action, { ...found, grants: [grant] }, context),
  ],
  async operate(input, { grant }, context) {
    if (input.DryRun === true) throw kmsErrors.dryRun();
    await context.ports.records.commit([remove(grantRecords, `${grant.keyArn}#${grant.grantId}`)]);
    return {};
  },
});

async function byToken(token: string, context: OperationContext<KmsPorts>): Promise<Resources> {
  const [stored] = await context.ports.records.find(grantRecords, 'token', token, { limit: 1 });
  const key = stored === undefined ? null : await findStoredKey(stored.value.keyArn, context);
  if (stored === undefined || key === null) throw kmsErrors.invalidGrantToken();
  return { grant: stored.value, found: { key, grants: [stored.value], requestAlias: null } };
}

async function byId(input: RetireGrantRequest, context: OperationContext<KmsPorts>): Promise<Resources> {
  const naming = { action, takesAliases: false, worksAcrossAccounts: true };
  const found = await findKey(input.KeyId ?? '', naming, context);
  const grant = found.grants.find(({ grantId }) => grantId === input.GrantId);
  if (grant === undefined) throw kmsErrors.invalidGrantId({ grantId: input.GrantId ?? '' });
  return { found, grant };
}
