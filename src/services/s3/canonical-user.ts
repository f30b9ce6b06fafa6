import { createHash } from 'node:crypto';

/**
 * The canonical user ID of an account: 64 hexadecimal digits, the same on every server.
 * spec: S3-OWNER-1
 */
export function canonicalUserId(account: string): string {
  return createHash('sha256').update(`canonical user of ${account}`).digest('hex');
}
