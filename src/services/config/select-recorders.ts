/** Which recorders a Describe operation asks for. spec: CFG-REC-3 */
import type { OperationContext } from '../operation.ts';
import { configErrors } from './errors.ts';
import { findRecorder } from './find-recorder.ts';
import type { ConfigPorts, RecorderRecord } from './ports.ts';

export interface RecorderSelector {
  readonly ConfigurationRecorderNames?: string[] | undefined;
  readonly Arn?: string | undefined;
  readonly ServicePrincipal?: string | undefined;
}

/** @throws ValidationException more than one name */
export function assertRecorderSelector(input: RecorderSelector): void {
  if ((input.ConfigurationRecorderNames?.length ?? 0) > 1)
    throw configErrors.validation({ message: 'Only one configuration recorder name can be specified.' });
}

/** All of the place without a selector; there is one at most. @throws NoSuchConfigurationRecorderException */
export async function selectRecorders(
  input: RecorderSelector,
  context: OperationContext<ConfigPorts>,
): Promise<readonly RecorderRecord[]> {
  const found = await findRecorder(context);
  const [name] = input.ConfigurationRecorderNames ?? [];
  if (name !== undefined && found?.value.name !== name) throw configErrors.noSuchRecorder({ name });
  if (input.Arn !== undefined && found?.value.arn !== input.Arn)
    throw configErrors.noSuchRecorder({ name: input.Arn });
  // Service-linked recorders are asked for by their service; there are none here.
  if (found === null || input.ServicePrincipal !== undefined) return [];
  return [found.value];
}
