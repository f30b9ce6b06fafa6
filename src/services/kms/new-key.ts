/** What a new key gets from chance. */
import type { World } from '../operation.ts';
import type { KeyMaterial, KmsPorts } from './ports.ts';

/** 256 fresh bits for the key with this ARN, wrapped for storing. */
export function newMaterial(arn: string, context: World & { readonly ports: KmsPorts }): KeyMaterial {
  const material = context.randomBytes(32);
  const id = context.newToken(64, '0123456789abcdef');
  const sealed = context.ports.keyring.seal(arn, id, material);
  material.fill(0);
  return sealed;
}
