import type {
  PutRetentionConfigurationRequest,
  PutRetentionConfigurationResponse,
} from '@aws-sdk/client-config-service';
import { numberBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { placeOf } from '../find-recorder.ts';
import { retentionDefaultDays } from '../outdated-items.ts';
import { configPermission } from '../permission.ts';
import { placeKey, retentions, schedules, type ConfigPorts } from '../ports.ts';
import { retentionEntry } from '../retention-entry.ts';
import { rescheduled } from '../schedule.ts';
import { assertConstraints } from '../validate.ts';

const name = 'PutRetentionConfiguration';

/** There is one for each account and Region; a shorter period takes effect at once. spec: CFG-RETENTION-1 */
export const putRetentionConfiguration = operation<
  PutRetentionConfigurationRequest,
  PutRetentionConfigurationResponse,
  ConfigPorts,
  null
>({
  name,
  validate: ({ RetentionPeriodInDays: days }) =>
    assertConstraints(
      required('retentionPeriodInDays', days),
      numberBetween('retentionPeriodInDays', days, 30, retentionDefaultDays),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, _, context) {
    const place = placeOf(context);
    const schedule = await context.ports.records.get(schedules, placeKey(place));
    const retention = {
      ...place,
      retentionPeriodInDays: input.RetentionPeriodInDays ?? retentionDefaultDays,
    };
    const changes = [
      put(retentions, placeKey(place), retention),
      ...rescheduled(schedule, place, { purgeAtMillis: context.nowMillis() }),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    context.ports.deliveries.wake();
    return { RetentionConfiguration: retentionEntry(retention) };
  },
});
