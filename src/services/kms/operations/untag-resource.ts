import type { UntagResourceRequest } from '@aws-sdk/client-kms';
import { presentList } from '../../../policy/context.ts';
import { required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { changeInState, findOwnKey } from '../own-key.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'UntagResource';

export const untagResource = operation<UntagResourceRequest, object, KmsPorts, FoundKey>({
  name,
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId), required('tagKeys', input.TagKeys)),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (input, found, context) => [
    keyPermission(`kms:${name}`, found, context, [['aws:TagKeys', presentList(input.TagKeys ?? [])]]),
  ],
  async operate(input, found, context) {
    const gone = new Set(input.TagKeys);
    await changeInState(name, found, context, (key) => ({
      ...key,
      tags: Object.fromEntries(Object.entries(key.tags).filter(([tag]) => !gone.has(tag))),
    }));
    return {};
  },
});
