/** S3 without a server, on a store and blobs in memory, with a KMS of a few lines that binds the encryption context. */
import { openMemoryBlobs } from '../../src/blobs/memory/memory-blobs.ts';
import type { Decision } from '../../src/policy/decision.ts';
import { AwsError } from '../../src/services/aws-error.ts';
import type { Caller, OperationContext, Payload, Permission } from '../../src/services/operation.ts';
import type { DataKeys, S3Ports } from '../../src/services/s3/ports.ts';
import { s3 } from '../../src/services/s3/s3.ts';
import { openMemory } from '../../src/stores/memory/memory-records.ts';
import { account, rootOf, testSealing, testWorld } from './operation-calls.ts';

export interface CallOptions {
  readonly caller?: Caller;
  readonly region?: string;
  readonly body?: Uint8Array | string;
  /** In which pieces the body arrives. */
  readonly pieces?: readonly Uint8Array[];
  readonly trailers?: Readonly<Record<string, string>>;
}

export interface KmsRequest {
  readonly action: 'GenerateDataKey' | 'Decrypt';
  readonly keyId: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export function s3Calls() {
  const world = testWorld();
  const kmsRequests: KmsRequest[] = [];
  let kmsRefusal: AwsError | null = null;
  let asked: readonly Permission[] = [];
  let isAllowed: (permission: Permission) => boolean = () => true;
  const dataKeys: DataKeys = {
    generateDataKey: async (_caller, { keyId, encryptionContext }) => {
      kmsRequests.push({ action: 'GenerateDataKey', keyId, encryptionContext });
      if (kmsRefusal !== null) throw kmsRefusal;
      const plaintext = world.randomBytes(32);
      const key = Buffer.from(plaintext).toString('hex');
      const blob = Buffer.from(JSON.stringify({ key, encryptionContext: sorted(encryptionContext) }));
      return { plaintext, ciphertextBlob: blob, keyArn: keyId };
    },
    decrypt: async (_caller, { ciphertextBlob, encryptionContext, keyArn }) => {
      kmsRequests.push({ action: 'Decrypt', keyId: keyArn, encryptionContext });
      if (kmsRefusal !== null) throw kmsRefusal;
      const blob = JSON.parse(Buffer.from(ciphertextBlob).toString()) as {
        key: string;
        encryptionContext: unknown;
      };
      if (JSON.stringify(blob.encryptionContext) !== JSON.stringify(sorted(encryptionContext)))
        throw kmsError('InvalidCiphertextException', '');
      return Buffer.from(blob.key, 'hex');
    },
  };
  const ports: S3Ports = {
    records: openMemory(),
    blobs: openMemoryBlobs(),
    dataKeys,
    objectKeys: testSealing,
    principals: { exists: async (arn) => !arn.includes('missing') && arn.startsWith('arn:') },
  };

  async function call<Output>(name: string, input: object, options: CallOptions = {}): Promise<Output> {
    const operations: Readonly<Record<string, (typeof s3)['operations'][string]>> = s3.operations;
    const operation = operations[name];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    const context: OperationContext<S3Ports> = {
      ...world,
      ports,
      caller: options.caller ?? rootOf(account),
      region: options.region ?? 'us-east-1',
      partition: 'aws',
      requestId: 'request',
      payload: payloadOf(options),
      decide: async (permission) => decision(isAllowed(permission)),
      signal: new AbortController().signal,
    };
    operation.validate?.(input);
    const resources: unknown = await operation.resolve(input, context);
    const { authorization } = operation;
    asked = typeof authorization === 'function' ? authorization(input, resources, context) : [];
    return (await operation.operate(input, resources, context)) as Output;
  }

  return {
    call,
    world,
    ports,
    kmsRequests,
    refuseKms: (error: AwsError | null) => void (kmsRefusal = error),
    allowOnly: (rule: (permission: Permission) => boolean) => void (isAllowed = rule),
    lastAsked: () => asked,
    /** The error that the call ends with. */
    async refused(name: string, input: object, options: CallOptions = {}): Promise<AwsError> {
      try {
        await call(name, input, options);
      } catch (error) {
        if (error instanceof AwsError) return error;
        throw error;
      }
      throw new Error(`${name} was not refused`);
    },
  };
}

export type S3Calls = ReturnType<typeof s3Calls>;

export function kmsError(code: string, message: string): AwsError {
  return new AwsError({ code, status: 400, text: message, wording: 'recorded' }, message);
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const bytes of stream) parts.push(bytes);
  return Buffer.concat(parts);
}

export async function listed<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

function payloadOf({ body, pieces, trailers = {} }: CallOptions): Payload {
  const parts = pieces ?? [Buffer.from(body ?? '')];
  let isRead = false;
  return {
    stream: (async function* () {
      for (const bytes of parts) yield await Promise.resolve(bytes);
      isRead = true;
    })(),
    contentBytes: parts.reduce((sum, bytes) => sum + bytes.length, 0),
    trailers: () => (isRead ? trailers : {}),
    announcedTrailers: Object.keys(trailers),
  };
}

function decision(isAllowed: boolean): Decision {
  return {
    outcome: isAllowed ? 'allowed' : 'denied',
    reason: isAllowed ? 'identity-allow' : 'no-identity-allow',
    layers: [],
    statements: [],
    unknown: [],
  };
}

function sorted(context: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
}
