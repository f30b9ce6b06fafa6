/** A policy and a target that a request names together. */
import { policyArn, targetArn } from './arns.ts';
import { organizationsErrors } from './errors.ts';
import type { OrganizationsContext } from './management-operation.ts';
import { findPolicy } from './policies.ts';
import type { OrganizationRecord, PolicyRecord } from './ports.ts';
import { isTarget } from './tree.ts';

export interface Attachment {
  readonly policy: PolicyRecord;
  readonly targetId: string;
}

/** @throws PolicyNotFoundException, TargetNotFoundException */
export async function findAttachment(
  of: { readonly PolicyId: string | undefined; readonly TargetId: string | undefined },
  tree: OrganizationRecord,
  context: OrganizationsContext,
): Promise<Attachment> {
  const policy = await findPolicy(of.PolicyId, context);
  return { policy, targetId: findTarget(of.TargetId, tree) };
}

/** @throws TargetNotFoundException */
export function findTarget(id: string | undefined, tree: OrganizationRecord): string {
  if (id === undefined || !isTarget(id, tree)) throw organizationsErrors.targetNotFound();
  return id;
}

export function attachmentArns(
  { policy, targetId }: Attachment,
  tree: OrganizationRecord,
): readonly string[] {
  return [policyArn(policy, tree), targetArn(targetId, tree)];
}
