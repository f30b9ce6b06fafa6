/** A server with tiny services, for tests of what lies between the wire and an operation. */
import { pino } from 'pino';
import { parseAccountId } from '../../src/aws/account-id.ts';
import { AwsError } from '../../src/services/aws-error.ts';
import type { AnyOperation, Caller, Service } from '../../src/services/operation.ts';
import type { AwsServerOptions, ServedService, ServerAddress } from '../../src/server/server.ts';
import { createAwsServer } from '../../src/server/server.ts';
import type { AwsServer } from '../../src/server/server.ts';
import type { FoundCredential } from '../../src/server/ports.ts';
import type { Invoke } from '../../src/server/invoke.ts';
import type { ProtocolDeclaration } from '../../src/protocol/declaration.ts';
import { realWorld } from '../../src/world/world.ts';

export const account = parseAccountId('111122223333')!;
export const otherAccount = parseAccountId('444455556666')!;

export const adminKey = { accessKeyId: 'AKIAADMIN', secretAccessKey: 'admin-secret' };
export const userKey = { accessKeyId: 'AKIAUSER', secretAccessKey: 'user/secret+with=signs' };
export const sessionKey = {
  accessKeyId: 'ASIASESSION',
  secretAccessKey: 'session-secret',
  sessionToken: 'session-token',
};
export const expiredKey = { ...sessionKey, accessKeyId: 'ASIAEXPIRED' };

const base = { account, sessionPolicies: null, context: [], forwardedBy: null };

export const adminCaller: Caller = {
  ...base,
  principal: { kind: 'account-root', account, partition: 'aws' },
  userId: account,
  accessKeyId: adminKey.accessKeyId,
};
const user: Caller = {
  ...base,
  principal: {
    kind: 'user',
    arn: `arn:aws:iam::${account}:user/u`,
    account,
    partition: 'aws',
    uniqueId: 'AIDAU',
  },
  userId: 'AIDAU',
  accessKeyId: userKey.accessKeyId,
};
const session: Caller = {
  ...base,
  principal: {
    kind: 'role-session',
    account,
    partition: 'aws',
    roleArn: `arn:aws:iam::${account}:role/path/r`,
    sessionArn: `arn:aws:sts::${account}:assumed-role/r/s`,
    sessionName: 's',
    isSessionNameUncertain: false,
    roleUniqueId: 'AROAR',
    isServiceLinked: false,
  },
  userId: 'AROAR:s',
  accessKeyId: sessionKey.accessKeyId,
};

const credentials: Readonly<Record<string, FoundCredential>> = {
  [adminKey.accessKeyId]: {
    secretAccessKey: adminKey.secretAccessKey,
    sessionToken: null,
    expiresAtMillis: null,
    caller: adminCaller,
  },
  [userKey.accessKeyId]: {
    secretAccessKey: userKey.secretAccessKey,
    sessionToken: null,
    expiresAtMillis: null,
    caller: user,
  },
  [sessionKey.accessKeyId]: { ...sessionKey, expiresAtMillis: 4e12, caller: session },
  [expiredKey.accessKeyId]: { ...expiredKey, expiresAtMillis: 1, caller: session },
};

export interface TestService {
  readonly name: string;
  readonly protocol: ProtocolDeclaration;
  readonly operations: Readonly<Record<string, Partial<AnyOperation<unknown>>>>;
}

export interface TestServer {
  readonly server: AwsServer;
  readonly address: ServerAddress;
  readonly logged: readonly Record<string, unknown>[];
}

export async function startTestServer(
  services: (invoke: Invoke) => readonly TestService[],
  changes: {
    readonly settings?: Partial<AwsServerOptions['settings']>;
    readonly userPolicy?: object;
    readonly administration?: Partial<AwsServerOptions['ports']['administration']>;
  } = {},
): Promise<TestServer> {
  const logged: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const text = JSON.stringify(
    changes.userPolicy ?? {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    },
  );
  const server = createAwsServer({
    services: (invoke) => services(invoke).map(servedService),
    ports: {
      credentials: { find: async (id) => (Object.hasOwn(credentials, id) ? credentials[id]! : null) },
      policies: {
        ofPrincipal: async (principal) => ({
          identity:
            principal.kind === 'account-root'
              ? []
              : [
                  {
                    kind: 'stored',
                    policy: { text, arn: `arn:aws:iam::${account}:user/u`, label: 'the inline policy "p"' },
                  },
                ],
          boundary: null,
        }),
        ofAccount: async () => ({ organization: null, serviceControl: null, resourceControl: null }),
      },
      administration: {
        reset: async () => undefined,
        settle: async () => undefined,
        nextDueMillis: async () => null,
        certificate: async () => null,
        publishedMessages: () => [],
        exportSetups: async () => [],
        ...changes.administration,
      },
    },
    world: realWorld(),
    logger,
    settings: {
      host: '127.0.0.1',
      port: 0,
      allowedHosts: [],
      isResetAllowed: true,
      version: '0.0.0',
      ...changes.settings,
    },
  });
  return { server, address: await server.listen(), logged };
}

function servedService({ name, protocol, operations }: TestService): ServedService {
  const service: Service<unknown> = {
    name,
    operations: Object.fromEntries(
      Object.entries(operations).map(([operationName, operation]) => [
        operationName,
        {
          name: operationName,
          resolve: async () => null,
          authorization: { none: 'a test' },
          operate: async () => ({}),
          ...operation,
        },
      ]),
    ),
    denied: ({ callerName, permission, because }) =>
      new AwsError(
        { code: 'AccessDenied', status: 403, text: '', wording: 'ours' },
        `User: ${callerName} is not authorized to perform: ${permission.action} on resource: ${permission.resource} ${because}`,
      ),
  };
  return { service, ports: {}, protocol };
}
