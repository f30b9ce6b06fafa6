import type { DescribeKeyRequest, DescribeKeyResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyMetadata } from '../key-metadata.ts';
import { keyPermission } from '../key-permission.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:DescribeKey';

export const describeKey = operation<DescribeKeyRequest, DescribeKeyResponse, KmsPorts, FoundKey>({
  name: 'DescribeKey',
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  operate: (_, { key }) => Promise.resolve({ KeyMetadata: keyMetadata(key) }),
});
