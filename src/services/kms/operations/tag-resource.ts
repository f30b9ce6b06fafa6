import type { TagResourceRequest } from '@aws-sdk/client-kms';
import { required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { kmsErrors } from '../errors.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission, requestTagEntries } from '../key-permission.ts';
import { changeInState, findOwnKey } from '../own-key.ts';
import type { KmsPorts } from '../ports.ts';
import { readTags, tagFaults, tagsMax } from '../tags.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'TagResource';

export const tagResource = operation<TagResourceRequest, object, KmsPorts, FoundKey>({
  name,
  validate(input) {
    assertConstraints(...keyIdFaults(input.KeyId), required('tags', input.Tags), ...tagFaults(input.Tags));
    readTags(input.Tags);
  },
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (input, found, context) => [
    keyPermission(`kms:${name}`, found, context, requestTagEntries(readTags(input.Tags))),
  ],
  async operate(input, found, context) {
    await changeInState(name, found, context, (key) => {
      const tags = { ...key.tags, ...Object.fromEntries(readTags(input.Tags)) };
      if (Object.keys(tags).length > tagsMax) throw kmsErrors.tooManyTags();
      return { ...key, tags };
    });
    return {};
  },
});
