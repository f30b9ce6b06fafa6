import type { Stored } from '../records.ts';
import { user } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { assertFound } from './find-entity.ts';
import type { NamedUser } from './own-user.ts';
import type { IamContext } from './permission.ts';
import { accessKeys, type AccessKeyRecord } from './ports.ts';

/** The access key of this user. @throws NoSuchEntity no such user, or no such key of this user */
export async function findAccessKey(
  accessKeyId: string | undefined,
  { name, found }: NamedUser,
  context: IamContext,
): Promise<Stored<AccessKeyRecord>> {
  const owner = assertFound(found, user, name).value;
  const key = await context.ports.records.get(accessKeys, accessKeyId ?? '');
  if (key?.value.userArn !== owner.arn) throw iamErrors.accessKeyNotFound({ accessKeyId: accessKeyId ?? '' });
  return key;
}
