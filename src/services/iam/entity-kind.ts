/**
 * Roles, users and groups carry policies in the same way. What differs between them stands here, once for each kind.
 */
import type { Collection } from '../records.ts';
import {
  groups,
  roles,
  users,
  type EntityRecord,
  type GroupRecord,
  type RoleRecord,
  type UserRecord,
} from './ports.ts';

export interface EntityKind<Record extends EntityRecord> {
  /** As AWS's texts and ARNs have it: `role`. */
  readonly word: 'role' | 'user' | 'group';
  /** As action names have it: `PutRolePolicy`. */
  readonly noun: 'Role' | 'User' | 'Group';
  readonly collection: Collection<Record>;
  /** Characters of all inline policies of one together. */
  readonly inlinePoliciesMaxCharacters: number;
  /** The name of the quota for attached policies. */
  readonly attachedQuota: string;
}

// spec: IAMAPI-QUOTA-1
export const role: EntityKind<RoleRecord> = {
  word: 'role',
  noun: 'Role',
  collection: roles,
  inlinePoliciesMaxCharacters: 10_240,
  attachedQuota: 'PoliciesPerRole',
};

export const user: EntityKind<UserRecord> = {
  word: 'user',
  noun: 'User',
  collection: users,
  inlinePoliciesMaxCharacters: 2_048,
  attachedQuota: 'PoliciesPerUser',
};

export const group: EntityKind<GroupRecord> = {
  word: 'group',
  noun: 'Group',
  collection: groups,
  inlinePoliciesMaxCharacters: 5_120,
  attachedQuota: 'PoliciesPerGroup',
};
