import type { UpdateKeyDescriptionRequest } from '@aws-sdk/client-kms';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { changeInState, findOwnKey } from '../own-key.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'UpdateKeyDescription';

export const updateKeyDescription = operation<UpdateKeyDescriptionRequest, object, KmsPorts, FoundKey>({
  name,
  validate: (input) =>
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      required('description', input.Description),
      lengthBetween('description', input.Description, 0, 8192),
    ),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (_, found, context) => [keyPermission(`kms:${name}`, found, context)],
  async operate(input, found, context) {
    await changeInState(name, found, context, (key) => ({ ...key, description: input.Description ?? '' }));
    return {};
  },
});
