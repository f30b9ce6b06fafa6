import type { World } from '../operation.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * A unique ID with AWS's prefix for its kind: role, user, group, managed policy.
 * spec: IAMAPI-ID-1
 */
export function newUniqueId(world: World, kind: 'AROA' | 'AIDA' | 'AGPA' | 'ANPA'): string {
  return kind + world.newToken(17, idAlphabet);
}

export function newAccessKeyId(world: World): string {
  return `AKIA${world.newToken(16, idAlphabet)}`;
}

export function newSecretAccessKey(world: World): string {
  return world.newToken(40, secretAlphabet);
}
