/** What a new key gets from chance. */
import type { World } from '../operation.ts';
import { newKeyPair } from './key-pair.ts';
import { keySpecs, type KeySpec } from './key-specs.ts';
import type { KeyMaterial, KmsPorts } from './ports.ts';

type Context = World & { readonly ports: KmsPorts };

const symmetricBytes = 32;

/** 256 fresh bits for the symmetric key with this ARN, wrapped for storing. */
export function newMaterial(arn: string, context: Context): KeyMaterial {
  return sealed(arn, context.randomBytes(symmetricBytes), context);
}

/** Fresh material for a key of any spec; of a key pair the private key, which has the public one in it. */
export async function newMaterialFor(keySpec: KeySpec, arn: string, context: Context): Promise<KeyMaterial> {
  const { form } = keySpecs[keySpec];
  const material =
    'materialBytes' in form ? context.randomBytes(form.materialBytes) : (await newKeyPair(form)).privateKey;
  return sealed(arn, material, context);
}

function sealed(arn: string, material: Uint8Array, context: Context): KeyMaterial {
  const id = context.newToken(64, '0123456789abcdef');
  const wrapped = context.ports.keyring.seal(arn, id, material);
  material.fill(0);
  return wrapped;
}
