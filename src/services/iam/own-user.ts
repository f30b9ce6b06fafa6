import type { Stored } from '../records.ts';
import { user } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { findEntity } from './find-entity.ts';
import type { IamContext } from './permission.ts';
import type { UserRecord } from './ports.ts';

export interface NamedUser {
  readonly name: string;
  readonly found: Stored<UserRecord> | null;
}

/**
 * The user that the request names, or else the user that makes it.
 * spec: IAMAPI-USER-1
 *
 * @throws ValidationError no name was given and the caller is no user
 */
export async function resolveUser(name: string | undefined, context: IamContext): Promise<NamedUser> {
  const { principal, account } = context.caller;
  if (name === undefined && principal.kind !== 'user') throw iamErrors.userNameNeeded();
  const own = principal.kind === 'user' ? principal.arn.slice(principal.arn.lastIndexOf('/') + 1) : '';
  const wanted = name ?? own;
  return { name: wanted, found: await findEntity(context.ports.records, user, account, wanted) };
}
