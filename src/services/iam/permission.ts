/** What IAM's operations ask for. IAM has no resource policies and no Region; its context keys are these. */
import { present, presentList } from '../../policy/context.ts';
import type { ContextEntries, OperationContext, Permission } from '../operation.ts';
import { iamArn } from './iam-arn.ts';
import type { EntityRecord, IamPorts, IdentityRecord, Tag } from './ports.ts';

export type IamContext = OperationContext<IamPorts>;

/** One permission in the caller's account. */
export function iamPermission(
  action: string,
  resource: string,
  context: IamContext,
  keys: ContextEntries = [],
): Permission {
  return { action: `iam:${action}`, resource, resourceAccount: context.caller.account, context: keys };
}

/**
 * The ARN that a request about an entity names: the stored one, or, where there is none, what it would be at the
 * root path. spec: IAMAPI-AUTH-1
 */
export function entityArn(
  context: IamContext,
  kind: 'role' | 'user' | 'group' | 'policy',
  name: string | undefined,
  found: { readonly value: { readonly arn: string } } | null,
  path = '/',
): string {
  if (found !== null) return found.value.arn;
  return iamArn({
    partition: context.partition,
    account: context.caller.account,
    kind,
    path,
    name: name ?? '',
  });
}

/** `aws:ResourceTag/...` and IAM's older `iam:ResourceTag/...` of what the request names. */
export function resourceTagKeys(tags: readonly Tag[] | undefined): ContextEntries {
  return (tags ?? []).flatMap(({ Key, Value }) => [
    [`aws:ResourceTag/${Key}`, present(Value)] as const,
    [`iam:ResourceTag/${Key}`, present(Value)] as const,
  ]);
}

export function requestTagKeys(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): ContextEntries {
  if (!tags || tags.length === 0) return [];
  return [
    ['aws:TagKeys', presentList(tags.map((tag) => tag.Key ?? ''))],
    ...tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, present(Value)] as const),
  ];
}

/** The keys of a request that works on an identity: its tags, and the boundary it has. */
export function identityKeys(
  found: { readonly value: EntityRecord | IdentityRecord } | null,
): ContextEntries {
  if (found === null || !('tags' in found.value)) return [];
  return [...resourceTagKeys(found.value.tags), ...boundaryKeys(found.value.permissionsBoundary)];
}

/** `iam:PermissionsBoundary`: the boundary that the identity has, or that it is about to get. */
export function boundaryKeys(arn: string | null | undefined): ContextEntries {
  return arn ? [['iam:PermissionsBoundary', present(arn)]] : [];
}
