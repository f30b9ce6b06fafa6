/**
 * Whom an access key of a user belongs to.
 * spec: IAMAPI-KEY-1, IAMAPI-SECRET-1
 */
import { present } from '../../policy/context.ts';
import type { Caller } from '../operation.ts';
import { openText } from '../sealing.ts';
import { user } from './entity-kind.ts';
import { findEntity } from './find-entity.ts';
import { accessKeys, type IamPorts } from './ports.ts';

export interface AccessKeyCredential {
  readonly secretAccessKey: string;
  /** A long-term key comes without a token and does not expire. */
  readonly sessionToken: null;
  readonly expiresAtMillis: null;
  readonly caller: Caller;
}

/** The user's credential of this access key ID, or `null`: none of a user, deactivated, or the user is gone. */
export async function findAccessKeyCredential(
  { records, sealing }: IamPorts,
  accessKeyId: string,
): Promise<AccessKeyCredential | null> {
  const key = (await records.get(accessKeys, accessKeyId))?.value;
  if (key?.status !== 'Active') return null;
  const owner = (await findEntity(records, user, key.account, key.userName))?.value;
  if (owner?.id !== key.userId) return null;
  const { arn, account, partition, id } = owner;
  return {
    secretAccessKey: openText(sealing, key.sealedSecret),
    sessionToken: null,
    expiresAtMillis: null,
    caller: {
      principal: { kind: 'user', arn, account, partition, uniqueId: id },
      account,
      sessionPolicies: null,
      context: owner.tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, present(Value)] as const),
      forwardedBy: null,
      userId: id,
      accessKeyId,
    },
  };
}
