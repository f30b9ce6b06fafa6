/** A whole server in this process, in memory, and official IAM and STS clients of it. */
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { pino } from 'pino';
import { createApp, type App } from '../../src/app.ts';

export const account = '111122223333';

export interface ClientCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The account's root user, as a server on loopback knows it. */
export const rootKey: ClientCredentials = { accessKeyId: account, secretAccessKey: 'test' };

export function startApp(): Promise<App> {
  return createApp({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    data: { kind: 'memory' },
    rootKey: null,
    rootCredentials: null,
    isResetAllowed: true,
    setup: null,
    logger: pino({ level: 'silent' }),
    version: '0.0.0-test',
  });
}

export function iamClient(app: App, credentials: ClientCredentials = rootKey): IAMClient {
  return new IAMClient({ endpoint: app.address.url, region: 'us-east-1', credentials, maxAttempts: 1 });
}

export function stsClient(app: App, credentials: ClientCredentials = rootKey): STSClient {
  return new STSClient({ endpoint: app.address.url, region: 'us-east-1', credentials, maxAttempts: 1 });
}

/** Code, status and text of the refusal that a client got. */
export async function refusalOf(
  asked: Promise<unknown>,
): Promise<readonly [string, number | undefined, string]> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) {
      const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
      return [error.name, httpStatusCode, error.message];
    }
    throw error;
  }
  throw new Error('it was not refused');
}
