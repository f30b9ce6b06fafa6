import { parseArn } from '../../aws/arn.ts';
import type { Records } from '../records.ts';
import { role, user } from './entity-kind.ts';
import { findEntity, findEntityByArn } from './find-entity.ts';

/**
 * Whether a principal with this ARN exists now: an account's root always does (this server knows every account), a
 * user or role when it is stored, a session when its role is. Wildcards name nobody.
 * spec: IAMAPI-TRUST-3
 */
export async function principalExists(records: Records, arn: string): Promise<boolean> {
  const parts = parseArn(arn);
  if (parts === null || parts.region !== '' || !/^\d{12}$/.test(parts.account)) return false;
  const { service, account, resource } = parts;
  if (service === 'iam') {
    if (resource === 'root') return true;
    if (resource.startsWith('role/')) return (await findEntityByArn(records, role, arn)) !== null;
    if (resource.startsWith('user/')) return (await findEntityByArn(records, user, arn)) !== null;
    return false;
  }
  if (service !== 'sts') return false;
  const [kind, name = '', session = ''] = resource.split('/');
  if (kind === 'assumed-role' && session !== '')
    return (await findEntity(records, role, account, name)) !== null;
  return kind === 'federated-user' && name !== '';
}
