import type { UntagResourceRequest } from '@aws-sdk/client-config-service';
import { operation } from '../../operation.ts';
import type { Stored } from '../../records.ts';
import { recorderPermission } from '../permission.ts';
import type { ConfigPorts, RecorderRecord } from '../ports.ts';
import { assertResourceArn, assertTagKeys, getTagged, storeTags, tagKeysEntry } from '../tags.ts';

const name = 'UntagResource';

/** Keys that are not there change nothing. spec: CFG-TAG-1 */
export const untagResource = operation<UntagResourceRequest, object, ConfigPorts, Stored<RecorderRecord>>({
  name,
  validate(input) {
    assertResourceArn(input.ResourceArn);
    assertTagKeys(input.TagKeys);
  },
  resolve: (input, context) => getTagged(input.ResourceArn ?? '', context),
  authorization: (input, recorder, context) => [
    recorderPermission(name, recorder.value, context, [tagKeysEntry(input.TagKeys ?? [])]),
  ],
  async operate(input, recorder, context) {
    const kept = Object.entries(recorder.value.tags).filter(([key]) => input.TagKeys?.includes(key) !== true);
    await storeTags(recorder, Object.fromEntries(kept), context);
    return {};
  },
});
