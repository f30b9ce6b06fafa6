import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { sealText } from '../../sealing.ts';
import { attempt, touch } from '../change-entity.ts';
import { user } from '../entity-kind.ts';
import { iamErrors } from '../errors.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { newAccessKeyId, newSecretAccessKey } from '../identifiers.ts';
import { assertValid, userNameFaults } from '../input-faults.ts';
import { accessKeysMax } from '../limits.ts';
import { resolveUser } from '../own-user.ts';
import { entityArn, iamPermission, resourceTagKeys, type IamContext } from '../permission.ts';
import { accessKeys, users, type AccessKeyRecord } from '../ports.ts';

export const createAccessKey = operation({
  name: 'CreateAccessKey',
  validate: (input: CreateAccessKeyRequest) =>
    assertValid(...(input.UserName === undefined ? [] : userNameFaults(input.UserName))),
  resolve: (input, context: IamContext) => resolveUser(input.UserName, context),
  authorization: (_input, { name, found }, context) => [
    iamPermission(
      'CreateAccessKey',
      entityArn(context, 'user', name, found),
      context,
      resourceTagKeys(found?.value.tags),
    ),
  ],
  async operate(_input, { name }, context): Promise<CreateAccessKeyResponse> {
    const { records, sealing } = context.ports;
    const secret = newSecretAccessKey(context);
    const record = await attempt(async (): Promise<AccessKeyRecord | null> => {
      const found = assertFound(await findEntity(records, user, context.caller.account, name), user, name);
      // spec: IAMAPI-QUOTA-1
      if ((await records.find(accessKeys, 'user', found.key)).length >= accessKeysMax) {
        throw iamErrors.quota({ quota: 'AccessKeysPerUser', limit: String(accessKeysMax) });
      }
      const next: AccessKeyRecord = {
        accessKeyId: newAccessKeyId(context),
        account: found.value.account,
        userName: found.value.name,
        userId: found.value.id,
        userArn: found.value.arn,
        status: 'Active',
        createdAtMillis: context.nowMillis(),
        // spec: IAMAPI-SECRET-1
        sealedSecret: sealText(sealing, secret),
      };
      // The user is stored along: of two that make the third key, or of one that deletes the user, one must conflict.
      const changes = [put(accessKeys, next.accessKeyId, next, { ifRevision: 0 }), touch(users, found)];
      return (await records.commit(changes)) === 'committed' ? next : null;
    });
    return {
      AccessKey: {
        UserName: record.userName,
        AccessKeyId: record.accessKeyId,
        Status: record.status,
        SecretAccessKey: secret,
        CreateDate: new Date(record.createdAtMillis),
      },
    };
  },
});
