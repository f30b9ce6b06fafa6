import type { DeleteResourceConfigRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { assertRecording, findCustomResource, recordItem } from '../custom-resource.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'DeleteResourceConfig';

/** Records that a custom resource is gone; one that was never there is gone already. spec: CFG-CUSTOM-3 */
export const deleteResourceConfig = operation<DeleteResourceConfigRequest, object, ConfigPorts, null>({
  name,
  validate: (input) =>
    assertConstraints(
      required('resourceType', input.ResourceType),
      lengthBetween('resourceType', input.ResourceType, 1, 196),
      required('resourceId', input.ResourceId),
      lengthBetween('resourceId', input.ResourceId, 1, 768),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    await assertRecording(context);
    const before = await findCustomResource(input.ResourceType ?? '', input.ResourceId ?? '', context);
    if (before === null || before.value.isDeleted) return {};
    const deleted = {
      ...before.value.item,
      status: 'ResourceDeleted' as const,
      resourceName: null,
      tags: {},
      relationships: [],
      configuration: null,
      supplementaryConfiguration: {},
    };
    await recordItem(before, deleted, context);
    return {};
  },
});
