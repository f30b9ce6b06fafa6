import type {
  ListConfigurationRecordersRequest,
  ListConfigurationRecordersResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween, numberBetween, oneOf } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { findRecorder } from '../find-recorder.ts';
import { readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import type { ConfigPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const name = 'ListConfigurationRecorders';

/** Service-linked recorders would be in it, too; there are none here, so that there is one page. spec: CFG-REC-5 */
export const listConfigurationRecorders = operation<
  ListConfigurationRecordersRequest,
  ListConfigurationRecordersResponse,
  ConfigPorts,
  null
>({
  name,
  validate: (input) =>
    assertConstraints(
      numberBetween('maxResults', input.MaxResults, 0, 20),
      ...(input.Filters ?? []).flatMap(({ filterName, filterValue }, index) => [
        oneOf(`filters.${index + 1}.member.filterName`, filterName, ['recordingScope']),
        lengthBetween(`filters.${index + 1}.member.filterValue`, filterValue, 1, 10),
      ]),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    readNextToken(input.NextToken, name, context);
    const recorder = (await findRecorder(context))?.value;
    const scope = 'PAID';
    const isWanted = (input.Filters ?? []).every(({ filterValue }) => filterValue?.includes(scope) ?? true);
    return {
      ConfigurationRecorderSummaries:
        recorder === undefined || !isWanted
          ? []
          : [{ arn: recorder.arn, name: recorder.name, recordingScope: scope }],
    };
  },
});
