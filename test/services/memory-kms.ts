/** KMS without a server, over records in memory: each call is validated, resolved and operated, whatever policies say. */
import { expect } from 'vitest';
import type { CreateKeyResponse } from '@aws-sdk/client-kms';
import { Keyring } from '../../src/services/kms/keyring.ts';
import { kms } from '../../src/services/kms/kms.ts';
import type { KmsPorts } from '../../src/services/kms/ports.ts';
import type { OperationContext, Permission } from '../../src/services/operation.ts';
import { openMemory } from '../../src/stores/memory/memory-records.ts';
import { realWorld } from '../../src/world/world.ts';
import { account, rootOf } from './operation-calls.ts';

export function memoryKms() {
  const world = realWorld();
  const records = openMemory();
  const ports: KmsPorts = {
    records,
    // Seals nothing: what is tested stands on the sealing, it is not the sealing.
    keyring: new Keyring({
      wrap: (bytes) => Uint8Array.from(bytes),
      unwrap: (bytes) => Uint8Array.from(bytes),
    }),
    principals: { exists: () => Promise.resolve(true) },
  };
  const asked: Permission[] = [];
  async function call<Output>(name: string, input: object): Promise<Output> {
    const operation = kms.operations[name];
    if (operation === undefined) throw new Error(name);
    const context: OperationContext<KmsPorts> = {
      ...world,
      ports,
      caller: rootOf(account),
      region: 'us-east-1',
      partition: 'aws',
      requestId: 'r',
      payload: null,
      signal: AbortSignal.timeout(10_000),
      decide: () =>
        Promise.resolve({
          outcome: 'allowed',
          reason: 'account-root-allow',
          layers: [],
          statements: [],
          unknown: [],
        }),
    };
    operation.validate?.(input);
    const resources: unknown = await operation.resolve(input, context);
    if (typeof operation.authorization === 'function')
      asked.push(...operation.authorization(input, resources, context));
    return (await operation.operate(input, resources, context)) as Output;
  }
  async function newKey(input: object = {}): Promise<string> {
    const made = await call<CreateKeyResponse>('CreateKey', input);
    return made.KeyMetadata?.Arn ?? '';
  }
  return { call, newKey, asked, records, world };
}

/** An error of this code, and of this text if one is given. */
export function refusal(code: string, message?: string): object {
  return expect.objectContaining(message === undefined ? { code } : { code, message }) as object;
}
