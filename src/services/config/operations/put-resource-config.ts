import { isDeepStrictEqual } from 'node:util';
import type { PutResourceConfigRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, matching, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { takeRoom } from '../active-resources.ts';
import { assertCustomType, assertRecording, findCustomResource, recordItem } from '../custom-resource.ts';
import { configErrors } from '../errors.ts';
import { placeOf } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts, ItemRecord } from '../ports.ts';
import { tagsMax } from '../tags.ts';
import { assertConstraints } from '../validate.ts';

const name = 'PutResourceConfig';
const configurationMaxBytes = 65_536;

/**
 * Records a custom resource. There is no CloudFormation registry here: any JSON object is accepted as its
 * configuration, whatever the schema of its version says.
 * spec: CFG-CUSTOM-1, CFG-CUSTOM-2
 */
export const putResourceConfig = operation<PutResourceConfigRequest, object, ConfigPorts, null>({
  name,
  validate(input) {
    assertConstraints(
      required('resourceType', input.ResourceType),
      lengthBetween('resourceType', input.ResourceType, 1, 196),
      required('schemaVersionId', input.SchemaVersionId),
      lengthBetween('schemaVersionId', input.SchemaVersionId, 1, 128),
      matching('schemaVersionId', input.SchemaVersionId, /^[A-Za-z0-9-]+$/),
      required('resourceId', input.ResourceId),
      lengthBetween('resourceId', input.ResourceId, 1, 768),
      lengthBetween('resourceName', input.ResourceName, 1, 768),
      required('configuration', input.Configuration),
    );
    assertCustomType(input.ResourceType ?? '');
    // There is no registry: what can be told is whether CloudFormation could have such a version. spec: CFG-CUSTOM-5
    if (!/^\d{8}$/.test(input.SchemaVersionId ?? ''))
      throw configErrors.schemaNotKnown({
        version: input.SchemaVersionId ?? '',
        type: input.ResourceType ?? '',
      });
    assertCustomTags(input.Tags ?? {});
    readConfiguration(input.Configuration ?? '');
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    await assertRecording(context);
    const [resourceType, resourceId] = [input.ResourceType ?? '', input.ResourceId ?? ''];
    const before = await findCustomResource(resourceType, resourceId, context);
    const isKnown = before !== null && !before.value.isDeleted;
    const place = placeOf(context);
    const next: Omit<ItemRecord, 'capturedAtMillis'> = {
      ...place,
      awsRegion: place.region,
      status: isKnown ? 'OK' : 'ResourceDiscovered',
      resourceType,
      resourceId,
      resourceName: input.ResourceName ?? null,
      arn: null,
      availabilityZone: null,
      resourceCreatedAtMillis: null,
      tags: input.Tags ?? {},
      relationships: [],
      configuration: readConfiguration(input.Configuration ?? ''),
      supplementaryConfiguration: {},
    };
    if (isKnown && isSame(before.value.item, next)) return {};
    if (!isKnown) await takeRoom(context.ports.records, place);
    await recordItem(before, next, context);
    return {};
  },
});

/** @throws ValidationException too large, not JSON, not an object */
function readConfiguration(text: string): object {
  if (Buffer.byteLength(text) > configurationMaxBytes)
    throw configErrors.validation({ message: 'The configuration is larger than 64 KB.' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw configErrors.validation({ message: 'The configuration is not valid JSON.' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw configErrors.validation({ message: 'The configuration is not a JSON object.' });
  return value;
}

/** @throws ValidationException */
function assertCustomTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags);
  const areFit = entries.every(([key, value]) => key !== '' && key.length <= 128 && value.length <= 256);
  if (entries.length > tagsMax || !areFit) throw configErrors.tooManyCustomTags();
}

/** An unchanged put makes no item. spec: CFG-CUSTOM-1 */
function isSame(before: ItemRecord, next: Omit<ItemRecord, 'capturedAtMillis'>): boolean {
  return (
    before.resourceName === next.resourceName &&
    isDeepStrictEqual(before.tags, next.tags) &&
    isDeepStrictEqual(before.configuration, next.configuration)
  );
}
