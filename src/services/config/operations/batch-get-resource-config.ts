import type {
  BaseConfigurationItem,
  BatchGetResourceConfigRequest,
  BatchGetResourceConfigResponse,
  ResourceKey,
} from '@aws-sdk/client-config-service';
import { lengthBetween, required, type ConstraintFault } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { baseApiItem } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import { isCurrent, resourceKey, resources, type ConfigPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'BatchGetResourceConfig';

/** What is unknown or deleted is missing from the answer, not unprocessed. spec: CFG-LIST-2 */
export const batchGetResourceConfig = operation<
  BatchGetResourceConfigRequest,
  BatchGetResourceConfigResponse,
  ConfigPorts,
  null
>({
  name,
  validate: ({ resourceKeys }) =>
    assertConstraints(
      required('resourceKeys', resourceKeys),
      lengthBetween('resourceKeys', resourceKeys?.map(printed), 1, 100),
      ...(resourceKeys ?? []).flatMap(keyFaults),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    if ((await findRecorder(context)) === null) throw configErrors.noRecorderToRead();
    const place = placeOf(context);
    // Each resource once, however often it is asked for.
    const keys = new Set(
      input.resourceKeys?.map((key) => resourceKey(place, key.resourceType ?? '', key.resourceId ?? '')),
    );
    const found = await Promise.all([...keys].map((key) => context.ports.records.get(resources, key)));
    const present = found.flatMap((resource) => (resource === null ? [] : [resource.value.item]));
    return {
      baseConfigurationItems: present.filter(isCurrent).map(baseApiItem).map(withoutTags),
      unprocessedResourceKeys: [],
    };
  },
});

/** Members of the supplementary configuration that hold the resource's tags. */
const tagMembers = new Set(['BucketTaggingConfiguration', 'Tags']);

function withoutTags(item: BaseConfigurationItem): BaseConfigurationItem {
  const members = Object.entries(item.supplementaryConfiguration ?? {});
  return {
    ...item,
    supplementaryConfiguration: Object.fromEntries(members.filter(([member]) => !tagMembers.has(member))),
  };
}

function keyFaults(
  { resourceType, resourceId }: ResourceKey,
  index: number,
): readonly (ConstraintFault | null)[] {
  const path = `resourceKeys.${String(index + 1)}.member`;
  return [
    required(`${path}.resourceType`, resourceType),
    required(`${path}.resourceId`, resourceId),
    lengthBetween(`${path}.resourceId`, resourceId, 1, 768),
  ];
}

/** As Java prints an object without words of its own: its class and a number that says nothing. */
function printed(_key: ResourceKey, index: number): string {
  return `com.amazonaws.starling.dove.ResourceKey@${(0x1f00 + index).toString(16)}`;
}
