import type { TagResourceRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { Stored } from '../../records.ts';
import { recorderPermission } from '../permission.ts';
import type { ConfigPorts, RecorderRecord } from '../ports.ts';
import {
  assertResourceArn,
  assertTags,
  getTagged,
  requestTagEntries,
  storeTags,
  taggedRecord,
  tagsMax,
} from '../tags.ts';
import { assertConstraints } from '../validate.ts';

const name = 'TagResource';

/** Adds tags, or gives those that are there new values. spec: CFG-TAG-1 */
export const tagResource = operation<TagResourceRequest, object, ConfigPorts, Stored<RecorderRecord>>({
  name,
  validate(input) {
    assertResourceArn(input.ResourceArn);
    assertConstraints(
      required('tags', input.Tags),
      lengthBetween('tags', input.Tags?.slice(0, tagsMax), 1, tagsMax),
    );
    assertTags(input.Tags ?? []);
  },
  resolve: (input, context) => getTagged(input.ResourceArn ?? '', context),
  authorization: (input, recorder, context) => [
    recorderPermission(name, recorder.value, context, requestTagEntries(input.Tags ?? [])),
  ],
  async operate(input, recorder, context) {
    await storeTags(recorder, { ...recorder.value.tags, ...taggedRecord(input.Tags ?? []) }, context);
    return {};
  },
});
