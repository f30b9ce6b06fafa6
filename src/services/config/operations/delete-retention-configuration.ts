import type { DeleteRetentionConfigurationRequest } from '@aws-sdk/client-config-service';
import { lengthBetween, matching, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { placeOf } from '../find-recorder.ts';
import { configPermission } from '../permission.ts';
import { placeKey, retentions, type ConfigPorts } from '../ports.ts';
import { retentionName } from '../retention-entry.ts';
import { assertConstraints } from '../validate.ts';

const name = 'DeleteRetentionConfiguration';

/** AWS's default counts again. spec: CFG-RETENTION-3 */
export const deleteRetentionConfiguration = operation<
  DeleteRetentionConfigurationRequest,
  object,
  ConfigPorts,
  null
>({
  name,
  validate: ({ RetentionConfigurationName: asked }) =>
    assertConstraints(
      required('retentionConfigurationName', asked),
      lengthBetween('retentionConfigurationName', asked, 1, 256),
      matching('retentionConfigurationName', asked, /^[\w-]+$/),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const asked = input.RetentionConfigurationName ?? '';
    const { records } = context.ports;
    const found = await records.get(retentions, placeKey(placeOf(context)));
    if (asked !== retentionName || found === null) throw configErrors.noSuchRetention({ name: asked });
    const changes = [remove(retentions, found.key, { ifRevision: found.revision })];
    if ((await records.commit(changes)) === 'conflict') throw configErrors.busy();
    return {};
  },
});
