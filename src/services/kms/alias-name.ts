/** Names of aliases, and the permission on an alias itself. */
import { lengthBetween, matching, required } from '../constraints.ts';
import type { OperationContext, Permission } from '../operation.ts';
import { kmsErrors } from './errors.ts';
import { localArn } from './find-key.ts';
import { callEntries } from './key-permission.ts';
import type { KmsPorts } from './ports.ts';
import { assertConstraints } from './validate.ts';

/** How many aliases lead to one key. */
export const aliasesMax = 50;

/** @throws ValidationException, NotAuthorizedException for a name that the caller may not give */
export function assertAliasName(name: string | undefined): void {
  assertConstraints(
    required('aliasName', name),
    lengthBetween('aliasName', name, 1, 256),
    matching('aliasName', name, /^[a-zA-Z0-9:/_-]+$/),
  );
  if (!name?.startsWith('alias/')) throw kmsErrors.aliasPrefix();
  if (name.startsWith('alias/aws/')) throw kmsErrors.aliasReserved();
}

/** Only identity policies speak of aliases. spec: KMS-PERM-2 */
export function aliasPermission(
  action: string,
  name: string,
  context: OperationContext<KmsPorts>,
): Permission {
  return {
    action,
    resource: localArn(name, context),
    resourceAccount: context.caller.account,
    context: callEntries(context.caller),
  };
}
