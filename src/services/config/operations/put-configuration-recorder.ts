import type { ConfigurationRecorder, PutConfigurationRecorderRequest } from '@aws-sdk/client-config-service';
import { parseArn } from '../../../aws/arn.ts';
import { present } from '../../../policy/context.ts';
import { lengthBetween, required } from '../../constraints.ts';
import { operation, type Permission } from '../../operation.ts';
import { put, type Stored } from '../../records.ts';
import { configErrors } from '../errors.ts';
import { findRecorder, placeOf } from '../find-recorder.ts';
import { recorderPermission } from '../permission.ts';
import {
  placeKey,
  recorders,
  recordingMarks,
  schedules,
  type ConfigPorts,
  type RecorderRecord,
} from '../ports.ts';
import { noteRecorderStatus } from '../recorder-status.ts';
import { recordingGroupOf } from '../recording-group.ts';
import { assertDailyTypes, recordingModeOf } from '../recording-mode.ts';
import { rescheduled } from '../schedule.ts';
import { typeFaults } from '../supported-types.ts';
import { assertTags, requestTagEntries, taggedRecord } from '../tags.ts';
import { takeInventory } from '../take-inventory.ts';
import { assertConstraints } from '../validate.ts';

const name = 'PutConfigurationRecorder';
const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

type Resources = Stored<RecorderRecord> | null;

/**
 * Makes the recorder of this account and Region, or changes it. Whether the role can be assumed shows later, when a
 * delivery channel is put.
 * spec: CFG-REC-1, CFG-REC-2
 */
export const putConfigurationRecorder = operation<
  PutConfigurationRecorderRequest,
  object,
  ConfigPorts,
  Resources
>({
  name,

  validate({ ConfigurationRecorder: recorder, Tags: tags }) {
    assertTags(tags ?? []);
    assertConstraints(required('configurationRecorder', recorder));
    const recorderName = recorder?.name ?? 'default';
    if (recorderName.trim() === '') throw configErrors.recorderNameBlank({ name: recorderName });
    assertConstraints(lengthBetween('configurationRecorder.name', recorderName, 1, 256));
    if (recorderName.startsWith('AWSConfigurationRecorderFor'))
      throw configErrors.recorderNameReserved({ name: recorderName });
    // spec: CFG-REC-6
    if (recorder?.servicePrincipal !== undefined) throw configErrors.serviceLinkedRecorder();
    const roleARN = recorder?.roleARN ?? '';
    const role = parseArn(roleARN);
    if (role?.service !== 'iam' || !role.resource.startsWith('role/'))
      throw configErrors.invalidRole({ arn: roleARN });
    assertTypes(recorder ?? {});
    assertDailyTypes(
      recordingModeOf(recorder?.recordingMode),
      recordingGroupOf(recorder?.recordingGroup).resourceTypes,
    );
  },

  async resolve(input, context) {
    // spec: CFG-AUTH-3
    const role = parseArn(input.ConfigurationRecorder?.roleARN ?? '');
    if (role !== null && role.account !== context.caller.account) throw configErrors.roleOfAnotherAccount();
    return findRecorder(context);
  },

  authorization(input, existing, context) {
    const roleARN = input.ConfigurationRecorder?.roleARN ?? '';
    const passRole: Permission = {
      // spec: CFG-AUTH-2
      action: 'iam:PassRole',
      resource: roleARN,
      resourceAccount: context.caller.account,
      resourceRegion: 'us-east-1',
      context: [['iam:PassedToService', present('config.amazonaws.com')]],
    };
    return [
      recorderPermission(name, existing?.value ?? null, context, requestTagEntries(input.Tags ?? [])),
      passRole,
    ];
  },

  async operate(input, existing, context) {
    const recorderName = input.ConfigurationRecorder?.name ?? 'default';
    if (existing !== null && existing.value.name !== recorderName)
      throw configErrors.tooManyRecorders({ name: recorderName });
    const place = placeOf(context);
    const made: RecorderRecord = existing?.value ?? {
      ...place,
      name: recorderName,
      arn: `arn:${context.partition}:config:${place.region}:${place.account}:configuration-recorder/${recorderName}/${context.newToken(16, idAlphabet)}`,
      roleARN: '',
      recordingGroup: recordingGroupOf(undefined),
      recordingMode: recordingModeOf(undefined),
      // Tags count at creation only.
      tags: taggedRecord(input.Tags ?? []),
      isRecording: false,
      lastStartAtMillis: null,
      lastStopAtMillis: null,
      lastStatus: null,
      lastStatusChangeAtMillis: null,
    };
    const next: RecorderRecord = {
      ...made,
      roleARN: input.ConfigurationRecorder?.roleARN ?? '',
      recordingGroup: recordingGroupOf(input.ConfigurationRecorder?.recordingGroup),
      recordingMode: recordingModeOf(input.ConfigurationRecorder?.recordingMode),
    };
    const nowMillis = context.nowMillis();
    const schedule = await context.ports.records.get(schedules, placeKey(place));
    const changes = [
      put(recorders, placeKey(place), next, { ifRevision: existing?.revision ?? 0 }),
      put(recordingMarks, place.account, {}),
      ...(next.isRecording ? rescheduled(schedule, place, { inventoryAtMillis: nowMillis }) : []),
    ];
    if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
    if (next.isRecording) {
      const running = { ...place, partition: context.partition };
      await takeInventory(context.ports, running, nowMillis);
      await noteRecorderStatus(context.ports, running, nowMillis);
    }
    return {};
  },
});

/** @throws ValidationException types of AWS's that AWS Config does not know */
function assertTypes({ recordingGroup: group, recordingMode: mode }: ConfigurationRecorder): void {
  const path = 'configurationRecorder';
  assertConstraints(
    ...typeFaults(`${path}.recordingGroup.resourceTypes`, group?.resourceTypes),
    ...typeFaults(
      `${path}.recordingGroup.exclusionByResourceTypes.resourceTypes`,
      group?.exclusionByResourceTypes?.resourceTypes,
    ),
    ...(mode?.recordingModeOverrides ?? []).flatMap(({ resourceTypes }, index) =>
      typeFaults(
        `${path}.recordingMode.recordingModeOverrides.${index + 1}.member.resourceTypes`,
        resourceTypes,
      ),
    ),
  );
}
