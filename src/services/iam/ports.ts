/** What IAM keeps and what it needs from outside. IAM is global: nothing here has a Region. */
import type { AccountId } from '../../aws/account-id.ts';
import type { DeletedPrincipal } from '../../policy/document/deleted-principal.ts';
import { collection, type Change, type Records } from '../records.ts';
import type { Sealing } from '../sealing.ts';

export interface IamPorts {
  readonly records: Records;
  readonly sealing: Sealing;
  /** What other services keep that names users and roles. */
  readonly principalMentions: {
    /** The changes with which they name one that is being deleted by its unique ID. spec: IAMAPI-ID-2 */
    changesForDeleted(deleted: DeletedPrincipal): Promise<readonly Change[]>;
  };
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface InlinePolicy {
  readonly name: string;
  /** As it was given. */
  readonly document: string;
}

/** What users, groups and roles have in common. */
export interface EntityRecord {
  readonly account: AccountId;
  readonly partition: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
  /** `AROA...`, `AIDA...`, `AGPA...`: never reused, so that a new role of an old name is another principal. */
  readonly id: string;
  readonly arn: string;
  readonly createdAtMillis: number;
  /** In the order of their names. */
  readonly inlinePolicies: readonly InlinePolicy[];
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attachedPolicies: readonly string[];
}

/** A user or a role: what a request can be made as. */
export interface IdentityRecord extends EntityRecord {
  /** ARN of a managed policy; `null`: no boundary. */
  readonly permissionsBoundary: string | null;
  readonly tags: readonly Tag[];
}

export interface RoleRecord extends IdentityRecord {
  /** The trust policy as it was given. */
  readonly trustPolicy: string;
  readonly description: string | null;
  readonly maxSessionSeconds: number;
}

export type UserRecord = IdentityRecord;

export interface GroupRecord extends EntityRecord {
  /** Names of the users in it, in byte order. */
  readonly members: readonly string[];
}

/** A customer managed policy; or one of AWS's whose content a setup document gave. */
export interface PolicyRecord {
  readonly account: AccountId | 'aws';
  readonly partition: string;
  readonly path: string;
  readonly name: string;
  /** `ANPA...` */
  readonly id: string;
  readonly arn: string;
  readonly description: string | null;
  readonly createdAtMillis: number;
  readonly updatedAtMillis: number;
  /** Oldest first; at most `policyVersionsMax`. */
  readonly versions: readonly PolicyVersionRecord[];
  readonly defaultVersionId: string;
  /** The number that the next version gets; numbers are never reused. */
  readonly nextVersion: number;
  readonly tags: readonly Tag[];
}

export interface PolicyVersionRecord {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createdAtMillis: number;
}

/** Under the access key ID. */
export interface AccessKeyRecord {
  readonly accessKeyId: string;
  readonly account: AccountId;
  readonly userName: string;
  readonly userId: string;
  readonly userArn: string;
  readonly status: 'Active' | 'Inactive';
  readonly createdAtMillis: number;
  /** The secret, sealed, in base64. */
  readonly sealedSecret: string;
}

// Names are unique in an account without regard to case, so records stand under `{account}/{name in lower case}`
// (`nameKey`), whatever their path. spec: IAMAPI-NAME-1
const policiesOf = {
  policy: (record: EntityRecord) => record.attachedPolicies,
};

export const roles = collection<RoleRecord>('iam.roles', {
  ...policiesOf,
  boundary: (role) => (role.permissionsBoundary === null ? [] : [role.permissionsBoundary]),
});

export const users = collection<UserRecord>('iam.users', {
  ...policiesOf,
  boundary: (user) => (user.permissionsBoundary === null ? [] : [user.permissionsBoundary]),
});

export const groups = collection<GroupRecord>('iam.groups', {
  ...policiesOf,
  member: (group) => group.members.map((name) => nameKey(group.account, name)),
});

export const policies = collection<PolicyRecord>('iam.policies');

export const accessKeys = collection<AccessKeyRecord>('iam.access-keys', {
  user: (key) => [nameKey(key.account, key.userName)],
});

/** Where a named thing of an account is stored. */
export function nameKey(account: string, name: string): string {
  return `${account}/${name.toLowerCase()}`;
}
