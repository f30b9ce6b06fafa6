import type {
  BatchGetResourceConfigRequest,
  BatchGetResourceConfigResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { baseApiItem } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts } from '../ports.ts';
import { currentItems } from '../snapshot.ts';
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
  validate: (input) =>
    assertConstraints(
      required('resourceKeys', input.resourceKeys),
      lengthBetween('resourceKeys', input.resourceKeys, 1, 100),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    if ((await findRecorder(context)) === null) throw configErrors.noRecorderToRead();
    const present = await currentItems(context.ports, placeOf(context));
    const wanted = new Set(
      input.resourceKeys?.map((key) => `${key.resourceType ?? ''}\u0001${key.resourceId ?? ''}`),
    );
    return {
      baseConfigurationItems: present
        .filter((item) => wanted.has(`${item.resourceType}\u0001${item.resourceId}`))
        .map(baseApiItem),
      unprocessedResourceKeys: [],
    };
  },
});
