/** Which delivery channels a Describe operation asks for. */
import type { OperationContext } from '../operation.ts';
import { configErrors } from './errors.ts';
import { findChannel } from './find-recorder.ts';
import type { ChannelRecord, ConfigPorts } from './ports.ts';

/** All of the place without names; there is one at most. @throws NoSuchDeliveryChannelException */
export async function selectChannels(
  names: readonly string[] | undefined,
  context: OperationContext<ConfigPorts>,
): Promise<readonly ChannelRecord[]> {
  const found = await findChannel(context);
  for (const name of names ?? []) if (found?.value.name !== name) throw configErrors.noSuchChannel({ name });
  return found === null ? [] : [found.value];
}
