import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { parseAccountId } from '../../../aws/account-id.ts';
import { parseArn } from '../../../aws/arn.ts';
import { present, presentList, unknownValue, type ContextValue } from '../../../policy/context.ts';
import type { RoleSession } from '../../../policy/principal.ts';
import { operation, type ContextEntries, type OperationContext, type Permission } from '../../operation.ts';
import { assertAssumeRoleRequest } from '../assume-role-request.ts';
import { stsErrors } from '../errors.ts';
import { newSession } from '../new-session.ts';
import {
  sessions,
  type AssumableRole,
  type SessionRecord,
  type SessionTag,
  type StsPorts,
} from '../ports.ts';
import { packedPercent, sessionPoliciesOf } from '../session-policies.ts';

type Context = OperationContext<StsPorts>;

export interface Resources {
  /** `null`: there is no such role; the refusal is the same as for one that doesn't trust the caller. */
  readonly role: AssumableRole | null;
  /** The session that calls, where the caller is one: role chaining. */
  readonly calling: SessionRecord | null;
}

export const assumeRole = operation({
  name: 'AssumeRole',
  validate: assertAssumeRoleRequest,

  async resolve(input: AssumeRoleRequest, { ports, caller }: Context): Promise<Resources> {
    // spec: STS-ASSUME-7
    if (caller.principal.kind === 'account-root') throw stsErrors.rootAssumesRole();
    const role = await ports.roles.findRole(input.RoleArn ?? '');
    const { accessKeyId } = caller;
    const calling =
      accessKeyId === null ? null : ((await ports.records.get(sessions, accessKeyId))?.value ?? null);
    return { role, calling };
  },

  // spec: STS-ASSUME-2, STS-ASSUME-3
  authorization(input, resources, context): readonly Permission[] {
    const needed = ['sts:AssumeRole'];
    if (tagsOf(input).length + (resources.calling?.transitiveTags.length ?? 0) > 0)
      needed.push('sts:TagSession');
    if (sourceIdentityOf(input, resources) !== null) needed.push('sts:SetSourceIdentity');
    return needed.map((action) => permission(action, input, { ...resources, caller: context.caller }));
  },

  async operate(input, resources, context): Promise<AssumeRoleResponse> {
    const { role, calling } = resources;
    if (role === null)
      throw new Error('INVARIANT (roles are authorised): a role that does not exist lets nobody in');
    const { RoleSessionName: sessionName = '', DurationSeconds: durationSeconds = 3600 } = input;
    assertDuration(durationSeconds, role, context);
    const transitiveTags = transitiveTagsOf(input, calling);
    const sourceIdentity = sourceIdentityOf(input, resources);
    if (calling?.sourceIdentity != null && sourceIdentity !== calling.sourceIdentity) {
      throw stsErrors.sourceIdentityChange();
    }
    const sessionPolicies = await sessionPoliciesOf(input, role.account, context.ports.roles);
    const principal: RoleSession = {
      kind: 'role-session',
      account: role.account,
      partition: role.partition,
      roleArn: role.arn,
      sessionArn: `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`,
      sessionName,
      isSessionNameUncertain: false,
      roleUniqueId: role.id,
      isServiceLinked: role.isServiceLinked,
    };
    const userId = `${role.id}:${sessionName}`;
    const principalTags = tagsOver(tagsOver(role.tags, transitiveTags), tagsOf(input));
    const credentials = await newSession(
      {
        account: role.account,
        principal,
        userId,
        sessionPolicies,
        principalTags,
        transitiveTags,
        sourceIdentity,
      },
      durationSeconds,
      context,
    );
    return {
      Credentials: credentials,
      AssumedRoleUser: { AssumedRoleId: userId, Arn: principal.sessionArn },
      ...(sessionPolicies === null ? {} : packedSize(input)),
      ...(sourceIdentity === null ? {} : { SourceIdentity: sourceIdentity }),
    };
  },
});

/** AWS answers the older member, too, which is what most clients read. */
function packedSize(input: AssumeRoleRequest) {
  const percent = packedPercent(input);
  return { PackedPolicySize: percent, SessionTokenUtilization: percent };
}

interface Asked extends Resources {
  readonly caller: Context['caller'];
}

function permission(action: string, input: AssumeRoleRequest, resources: Asked): Permission {
  const { RoleArn: arn = '' } = input;
  const { role } = resources;
  const account = role?.account ?? parseAccountId(parseArn(arn)?.account ?? '');
  if (account === null) throw stsErrors.arnInvalid({ arn });
  return {
    action,
    resource: arn,
    resourceAccount: account,
    context: contextKeys(input, resources),
    // A role that isn't there has no trust policy, and lets nobody in. spec: STS-ASSUME-2
    resourcePolicy:
      role === null
        ? null
        : { text: role.trustPolicy, arn: role.arn, label: `the trust policy of the role ${role.name}` },
  };
}

/** spec: STS-ASSUME-4 */
function contextKeys(input: AssumeRoleRequest, resources: Asked): ContextEntries {
  const tags = tagsOf(input);
  const { ExternalId: externalId, TransitiveTagKeys: transitive } = input;
  const sourceIdentity = sourceIdentityOf(input, resources);
  return [
    ['sts:RoleSessionName', sessionNameKey(input, resources)],
    ...(externalId === undefined ? [] : ([['sts:ExternalId', present(externalId)]] as const)),
    ...(sourceIdentity === null ? [] : ([['sts:SourceIdentity', present(sourceIdentity)]] as const)),
    ...(transitive === undefined ? [] : ([['sts:TransitiveTagKeys', presentList(transitive)]] as const)),
    ...(tags.length === 0 ? [] : ([['aws:TagKeys', presentList(tags.map((tag) => tag.Key))]] as const)),
    ...tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, present(Value)] as const),
    ...(resources.role?.tags ?? []).flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, present(Value)] as const,
      [`iam:ResourceTag/${Key}`, present(Value)] as const,
    ]),
  ];
}

// spec: STS-ASSUME-5
function assertDuration(seconds: number, role: AssumableRole, { caller }: Context): void {
  if (caller.principal.kind === 'role-session' && seconds > 3600) throw stsErrors.durationBeyondChaining();
  if (seconds > role.maxSessionSeconds) throw stsErrors.durationBeyondRole();
}

function tagsOf(input: AssumeRoleRequest): readonly SessionTag[] {
  return (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
}

/** spec: STS-ASSUME-6 */
function transitiveTagsOf(input: AssumeRoleRequest, calling: SessionRecord | null): readonly SessionTag[] {
  const inherited = calling?.transitiveTags ?? [];
  const own = tagsOf(input);
  const taken = new Set(inherited.map((tag) => tag.Key.toLowerCase()));
  if (own.some((tag) => taken.has(tag.Key.toLowerCase()))) throw stsErrors.transitiveTagConflict();
  const wanted = new Set((input.TransitiveTagKeys ?? []).map((key) => key.toLowerCase()));
  return [...inherited, ...own.filter((tag) => wanted.has(tag.Key.toLowerCase()))];
}

/** A source identity stays with the chain of sessions that has one. spec: STS-ASSUME-6 */
function sourceIdentityOf(input: AssumeRoleRequest, { calling }: Resources): string | null {
  return input.SourceIdentity ?? calling?.sourceIdentity ?? null;
}

/** Tags of the same key, in any case, are replaced. */
function tagsOver(below: readonly SessionTag[], above: readonly SessionTag[]): readonly SessionTag[] {
  const keys = new Set(above.map((tag) => tag.Key.toLowerCase()));
  return [...below.filter((tag) => !keys.has(tag.Key.toLowerCase())), ...above];
}

/** The names that AWS services give their sessions are not documented. spec: DLV-SESSION-1 */
function sessionNameKey(input: AssumeRoleRequest, { caller }: Asked): ContextValue {
  return caller.principal.kind === 'service'
    ? unknownValue('the name of the session is not documented')
    : present(input.RoleSessionName ?? '');
}
