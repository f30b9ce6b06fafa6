import type {
  DescribeRetentionConfigurationsRequest,
  DescribeRetentionConfigurationsResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { configErrors } from '../errors.ts';
import { placeOf } from '../find-recorder.ts';
import { readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import { placeKey, retentions, type ConfigPorts } from '../ports.ts';
import { retentionEntry, retentionName } from '../retention-entry.ts';
import { assertConstraints } from '../validate.ts';

const name = 'DescribeRetentionConfigurations';

/** spec: CFG-RETENTION-3 */
export const describeRetentionConfigurations = operation<
  DescribeRetentionConfigurationsRequest,
  DescribeRetentionConfigurationsResponse,
  ConfigPorts,
  null
>({
  name,
  validate: (input) =>
    assertConstraints(lengthBetween('retentionConfigurationNames', input.RetentionConfigurationNames, 0, 1)),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    readNextToken(input.NextToken, name, context);
    const found = await context.ports.records.get(retentions, placeKey(placeOf(context)));
    const [asked] = input.RetentionConfigurationNames ?? [];
    if (asked !== undefined && (asked !== retentionName || found === null))
      throw configErrors.noSuchRetention({ name: asked });
    return { RetentionConfigurations: found === null ? [] : [retentionEntry(found.value)] };
  },
});
