/**
 * Who makes a request, from the way a person writes it: an ARN, an account, a service, nobody.
 * spec: SETUP-EVAL-1
 */
import { parseAccountId } from '../aws/account-id.ts';
import { parseArn, type Arn } from '../aws/arn.ts';
import type { Principal, RoleSession } from '../policy/principal.ts';
import type { EvaluationRequest } from './schema.ts';

/**
 * The principal that `form` names, or `null` if it names none.
 *
 * @param roleArns ARNs of the roles that are known: a session's ARN leaves out the path of its role
 */
export function principalOf(
  form: EvaluationRequest['principal'],
  roleArns: readonly string[],
): Principal | null {
  if (typeof form !== 'string') {
    return 'service' in form
      ? { kind: 'service', name: form.service }
      : { kind: 'federated', provider: form.federated };
  }
  if (form === 'anonymous') return { kind: 'anonymous' };
  const account = parseAccountId(form);
  if (account !== null) return { kind: 'account-root', account, partition: 'aws' };
  const arn = parseArn(form);
  return arn === null ? null : principalOfArn(form, arn, roleArns);
}

/**
 * A session of the role with this ARN; `null` if it is no role's.
 *
 * @param sessionName `null`: not known, so that a policy that compares it can't be decided
 */
export function roleSession(roleArn: string, sessionName: string | null): RoleSession | null {
  const arn = parseArn(roleArn);
  const account = arn === null ? null : parseAccountId(arn.account);
  if (arn?.service !== 'iam' || account === null || !arn.resource.startsWith('role/')) return null;
  const name = arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
  const session = sessionName ?? 'session';
  return {
    kind: 'role-session',
    account,
    partition: arn.partition,
    roleArn,
    sessionArn: `arn:${arn.partition}:sts::${account}:assumed-role/${name}/${session}`,
    sessionName: session,
    isSessionNameUncertain: sessionName === null,
    roleUniqueId: null,
    isServiceLinked: isServiceLinkedRole(roleArn),
  };
}

/** Whether the ARN is that of a role under `/aws-service-role/`. */
export function isServiceLinkedRole(roleArn: string): boolean {
  return parseArn(roleArn)?.resource.startsWith('role/aws-service-role/') ?? false;
}

/** AWS Config's own service-linked role: any under `/aws-service-role/config.amazonaws.com/`. spec: SETUP-SLR-1 */
export function isConfigServiceLinkedRole(roleArn: string): boolean {
  return parseArn(roleArn)?.resource.startsWith('role/aws-service-role/config.amazonaws.com/') ?? false;
}

function principalOfArn(form: string, arn: Arn, roleArns: readonly string[]): Principal | null {
  const account = parseAccountId(arn.account);
  if (account === null || arn.region !== '') return null;
  const { partition, resource } = arn;
  const [kind = '', ...rest] = resource.split('/');
  if (arn.service === 'iam') {
    if (resource === 'root') return { kind: 'account-root', account, partition };
    if (rest.length === 0 || rest.some((part) => part === '')) return null;
    if (kind === 'user') return { kind: 'user', arn: form, account, partition, uniqueId: null };
    return kind === 'role' ? roleSession(form, null) : null;
  }
  if (arn.service !== 'sts') return null;
  const [name, session, ...more] = rest;
  if (kind === 'federated-user' && name !== undefined && name !== '' && session === undefined) {
    return { kind: 'federated-user', arn: form, account, partition, userArn: null };
  }
  if (kind !== 'assumed-role' || name === undefined || session === undefined || more.length > 0) return null;
  if (name === '' || session === '') return null;
  return roleSession(roleOfSession(name, arn, roleArns), session);
}

/** Role names are unique in an account, whatever their path. */
function roleOfSession(name: string, session: Arn, roleArns: readonly string[]): string {
  const inAccount = `arn:${session.partition}:iam::${session.account}:role/`;
  const known = roleArns.find((role) => role.startsWith(inAccount) && role.endsWith(`/${name}`));
  if (known !== undefined) return known;
  if (name === 'AWSServiceRoleForConfig') return `${inAccount}aws-service-role/config.amazonaws.com/${name}`;
  return inAccount + name;
}
