/** What STS keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import type { Principal } from '../../policy/principal.ts';
import type { StoredPolicy } from '../operation.ts';
import { collection, type Records } from '../records.ts';
import type { Sealing } from '../sealing.ts';

export interface StsPorts {
  readonly records: Records;
  readonly sealing: Sealing;
  readonly roles: Roles;
}

/** The roles of IAM, as STS needs them. */
export interface Roles {
  /** The role with exactly this ARN, or `null`. Reads what was committed before the call. */
  findRole(arn: string): Promise<AssumableRole | null>;
  /** The managed policy with this ARN, of this account or of AWS, or `null`. */
  findManagedPolicy(arn: string, account: string): Promise<StoredPolicy | null>;
  /** AWS's words against a document as a session policy; `null`: nothing. */
  policyFault(document: string): string | null;
}

export interface AssumableRole {
  readonly arn: string;
  readonly name: string;
  /** `AROA...` */
  readonly id: string;
  readonly account: AccountId;
  readonly partition: string;
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
  readonly isServiceLinked: boolean;
  readonly tags: readonly SessionTag[];
}

export interface SessionTag {
  readonly Key: string;
  readonly Value: string;
}

/** Temporary credentials, under their access key ID. */
export interface SessionRecord {
  readonly accessKeyId: string;
  readonly account: AccountId;
  readonly principal: Principal;
  /** `AROA...:session`, `AIDA...`, or the account ID for root. */
  readonly userId: string | null;
  /** `null`: none, so nothing narrows the session. */
  readonly sessionPolicies: readonly StoredPolicy[] | null;
  /** What `aws:PrincipalTag/...` is: the role's tags, those of the session over them. */
  readonly principalTags: readonly SessionTag[];
  /** The session's tags that go along when it assumes another role. */
  readonly transitiveTags: readonly SessionTag[];
  readonly sourceIdentity: string | null;
  readonly issuedAtMillis: number;
  readonly expiresAtMillis: number;
  /** Secret and token, each sealed, in base64. */
  readonly sealedSecret: string;
  readonly sealedToken: string;
}

export const sessions = collection<SessionRecord>('sts.sessions');
