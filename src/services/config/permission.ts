/** What callers of AWS Config must be allowed. spec: CFG-AUTH-1, CFG-AUTH-4 */
import { present } from '../../policy/context.ts';
import type { ContextEntries, OperationContext, Permission } from '../operation.ts';
import type { ConfigPorts, RecorderRecord } from './ports.ts';

type Context = OperationContext<ConfigPorts>;

/** Most actions of AWS Config name no resource. */
export function configPermission(name: string, context: Context): Permission {
  return { action: `config:${name}`, resource: '*', resourceAccount: context.caller.account };
}

/** Those on recorders name them; one that does not exist yet has an ARN whose end is not known. */
export function recorderPermission(
  name: string,
  recorder: RecorderRecord | null,
  context: Context,
  more: ContextEntries = [],
): Permission {
  const unknownArn = `arn:${context.partition}:config:${context.region}:${context.caller.account}:configuration-recorder/*`;
  return {
    action: `config:${name}`,
    resource: recorder?.arn ?? unknownArn,
    resourceAccount: context.caller.account,
    context: [
      ...Object.entries(recorder?.tags ?? {}).map(
        ([key, value]) => [`aws:ResourceTag/${key}`, present(value)] as const,
      ),
      ...more,
    ],
  };
}
