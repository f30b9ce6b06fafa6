/** The recorder and the channel of the caller's account and Region. */
import type { OperationContext } from '../operation.ts';
import type { Stored } from '../records.ts';
import { configErrors } from './errors.ts';
import {
  channels,
  placeKey,
  recorders,
  type ChannelRecord,
  type ConfigPorts,
  type Place,
  type RecorderRecord,
} from './ports.ts';

type Context = OperationContext<ConfigPorts>;

export function placeOf(context: Context): Place {
  return { account: context.caller.account, region: context.region };
}

export function findRecorder(context: Context): Promise<Stored<RecorderRecord> | null> {
  return context.ports.records.get(recorders, placeKey(placeOf(context)));
}

/** @throws NoSuchConfigurationRecorderException */
export async function getRecorder(name: string, context: Context): Promise<Stored<RecorderRecord>> {
  const found = await findRecorder(context);
  if (found?.value.name !== name) throw configErrors.noSuchRecorder({ name });
  return found;
}

export function findChannel(context: Context): Promise<Stored<ChannelRecord> | null> {
  return context.ports.records.get(channels, placeKey(placeOf(context)));
}

/** @throws NoSuchDeliveryChannelException */
export async function getChannel(name: string, context: Context): Promise<Stored<ChannelRecord>> {
  const found = await findChannel(context);
  if (found?.value.name !== name) throw configErrors.noSuchChannel({ name });
  return found;
}
