/** A service without a server: each call is validated, resolved and operated; the permissions that it declares are kept. */
import { parseAccountId, type AccountId } from '../../src/aws/account-id.ts';
import type { IamPorts } from '../../src/services/iam/ports.ts';
import type { Caller, OperationContext, Permission, Service, World } from '../../src/services/operation.ts';
import type { Sealing } from '../../src/services/sealing.ts';

export function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  if (account === null) throw new Error(`not an account ID: ${text}`);
  return account;
}

export const account = accountId('111122223333');
export const otherAccount = accountId('444455556666');

export function rootOf(of: AccountId): Caller {
  return callerOf({ kind: 'account-root', account: of, partition: 'aws' }, of, of);
}

export function callerOf(
  principal: Caller['principal'],
  of: AccountId,
  userId: string | null = null,
): Caller {
  return {
    principal,
    account: of,
    sessionPolicies: null,
    context: [],
    forwardedBy: null,
    userId,
    accessKeyId: null,
  };
}

/** Time stands still until it is moved; each random text differs from the one before. */
export function testWorld(): World & { moveSeconds(seconds: number): void } {
  let now = Date.UTC(2026, 10, 25, 12);
  let count = 0;
  const newToken = (length: number, alphabet: string): string => {
    let text = '';
    for (let n = ++count; text.length < length; n = Math.floor(n / alphabet.length))
      text += alphabet.charAt(n % alphabet.length);
    return text;
  };
  return {
    nowMillis: () => now,
    newUuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    newToken,
    randomBytes: (length) => new Uint8Array(length).fill(++count),
    moveSeconds: (seconds) => void (now += seconds * 1000),
  };
}

/** Turns each byte around: enough to see whether something stands in the clear. */
export const testSealing: Sealing = {
  seal: (bytes) => bytes.map((byte) => byte ^ 0xff),
  open: (sealed) => sealed.map((byte) => byte ^ 0xff),
};

/** A world in which nothing but IAM names users and roles. */
export const noOtherMentions: IamPorts['principalMentions'] = {
  changesForDeleted: () => Promise.resolve([]),
};

export interface OperationCalls {
  /** The operation's answer, to be read as the test knows it. */
  call<Output>(name: string, input: object, caller?: Caller): Promise<Output>;
  /** What the last call needed to be allowed. */
  lastAsked(): readonly Permission[];
}

export function operationCalls<Ports>(service: Service<Ports>, ports: Ports, world: World): OperationCalls {
  let asked: readonly Permission[] = [];
  return {
    lastAsked: () => asked,
    async call<Output>(name: string, input: object, caller = rootOf(account)): Promise<Output> {
      const operation = service.operations[name];
      if (operation === undefined) throw new Error(`no operation ${name}`);
      const context: OperationContext<Ports> = {
        ...world,
        ports,
        caller,
        region: 'us-east-1',
        partition: 'aws',
        requestId: 'request',
        payload: null,
        signal: new AbortController().signal,
        decide: () => Promise.reject(new Error('no operation of this service decides by itself')),
      };
      asked = [];
      operation.validate?.(input);
      const resources: unknown = await operation.resolve(input, context);
      if (typeof operation.authorization === 'function')
        asked = operation.authorization(input, resources, context);
      return (await operation.operate(input, resources, context)) as Output;
    },
  };
}
