/**
 * A server for tests, in this process and in memory: `import { startSealpost } from 'sealpost/testing'`. It belongs to
 * no test runner; vitest, jest and node:test use it alike.
 */
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { STSClient } from '@aws-sdk/client-sts';
import { createServer, type App } from './app.ts';
import { check, InputFaultsError, type CheckOptions, type Report, type Setup } from './pure.ts';
import { setupFromValue } from './setup/loaded-setup.ts';

export { InputFaultsError } from './pure.ts';
export type { CheckOptions, Report, Setup } from './pure.ts';

export interface StartSealpostOptions {
  /**
   * Laid out before the server answers, and again by `reset`: a setup, or the path of a file that holds one, JSON or
   * YAML. Empty unless given.
   */
  readonly setup?: Setup | string;
  /** Whose root user the credentials are; the account of the setup's recorder, else 000000000000. */
  readonly account?: string;
  /** That of the setup's recorder, else us-east-1. */
  readonly region?: string;
}

/** As whom and where a client calls; what the server was started with unless given. */
export interface SealpostPlace {
  readonly account?: string;
  readonly region?: string;
}

/** What every client of the AWS SDK for JavaScript takes. */
export interface SealpostClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** For S3, whose buckets are not hosts of their own here. */
  readonly forcePathStyle: true;
}

export interface SealpostClients {
  readonly config: ConfigServiceClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly organizations: OrganizationsClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sts: STSClient;
}

export interface Sealpost extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: SealpostClientSettings['credentials'];
  /** For the environment of a process that the test starts: the AWS CLI, Terraform, a Lambda function's handler. */
  readonly environment: Readonly<Record<string, string>>;
  /** For a client that the test makes by itself. */
  clientSettings(place?: SealpostPlace): SealpostClientSettings;
  /**
   * A client of your own version of the SDK. It is destroyed by `stop`.
   *
   * @example
   * const s3 = sealpost.client(S3Client);
   */
  client<Client extends object>(
    constructor: new (settings: SealpostClientSettings) => Client,
    place?: SealpostPlace,
  ): Client;
  /** All clients, of the SDK that Sealpost itself uses. They are destroyed by `stop`. */
  clients(place?: SealpostPlace): Promise<SealpostClients>;
  /**
   * Moves the server's clock on and waits until what fell due has been done, each at its own time: history files every
   * six hours, snapshots at the channel's frequency, scheduled deletions of keys.
   *
   * @param by at least one of them, whole and not negative; together a year at most
   * @returns the new time
   */
  advanceClock(by: {
    readonly seconds?: number;
    readonly minutes?: number;
    readonly hours?: number;
    readonly days?: number;
  }): Promise<Date>;
  /** Waits until every delivery that was due has been tried. */
  settle(): Promise<void>;
  /** Back to how it started: empty, or with the setup that it was started with; the clock too. */
  reset(): Promise<void>;
  /**
   * What the server holds, as a setup document.
   *
   * @throws {Error} there is no recorder, or several and `place` does not say which
   */
  setup(place?: SealpostPlace): Promise<Setup>;
  /**
   * Whether AWS Config can deliver with what the server holds: what `sealpost check --endpoint` says.
   *
   * @throws {Error} as `setup`
   * @throws {InputFaultsError} there is a recorder without a delivery channel
   */
  check(place?: SealpostPlace, options?: CheckOptions): Promise<Report>;
  /** Finishes what is under way, destroys the clients and lets go of the port. Stopping again does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of this machine, silent and in memory, and resolves when it answers.
 *
 * @throws {InputFaultsError} `setup` is none; `faults` holds every fault with its place
 * @example
 * await using sealpost = await startSealpost();
 * const s3 = sealpost.client(S3Client);
 * await s3.send(new CreateBucketCommand({ Bucket: 'config-logs' }));
 */
export async function startSealpost(options: StartSealpostOptions = {}): Promise<Sealpost> {
  const setup = await setupOf(options.setup);
  const account = options.account ?? setup?.recorder?.account ?? '000000000000';
  const region = options.region ?? setup?.recorder?.region ?? 'us-east-1';
  const app = await createServer(setup === null ? {} : { setup });
  const endpoint = app.address.url;
  const made: object[] = [];

  const clientSettings = (place: SealpostPlace = {}): SealpostClientSettings => ({
    endpoint,
    region: place.region ?? region,
    credentials: { accessKeyId: place.account ?? account, secretAccessKey: 'test' },
    forcePathStyle: true,
  });
  const client: Sealpost['client'] = (constructor, place) => {
    const found = new constructor(clientSettings(place));
    made.push(found);
    return found;
  };
  const stop = async (): Promise<void> => {
    for (const each of made.splice(0)) destroy(each);
    await app.close();
  };
  const { credentials } = clientSettings();
  return {
    endpoint,
    account,
    region,
    credentials,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    clientSettings,
    client,
    clients: (place) => allClients((constructor) => client(constructor, place)),
    advanceClock: async (by) => {
      const { seconds = 0, minutes = 0, hours = 0, days = 0 } = by;
      const advanceSeconds = seconds + 60 * (minutes + 60 * (hours + 24 * days));
      const { now } = (await asked(app, 'clock', { advanceSeconds })) as { readonly now: string };
      return new Date(now);
    },
    settle: () => app.settle(),
    reset: async () => {
      await app.settle();
      await asked(app, 'reset', {});
      if (setup !== null) await app.layOut(setup);
    },
    setup: (place) => onlySetup(app, place),
    check: async (place, checkOptions) =>
      check(await onlySetup(app, place), { at: new Date(app.world.nowMillis()), ...checkOptions }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Clients of the SDK keep connections; what else somebody made of our settings is left alone. */
function destroy(client: object): void {
  const { destroy: end } = client as { readonly destroy?: unknown };
  if (typeof end === 'function') Reflect.apply(end, client, []);
}

async function setupOf(given: Setup | string | undefined): Promise<Setup | null> {
  if (given === undefined) return null;
  if (typeof given !== 'string') {
    const read = setupFromValue(given);
    if (!read.ok) throw new InputFaultsError(read.faults);
    return read.setup.setup;
  }
  const { readFile } = await import('node:fs/promises');
  const { readSetupText } = await import('./setup/read-setup.ts');
  const read = await readSetupText(await readFile(given, 'utf8'), {
    file: given,
    readFile: (path) => readFile(path, 'utf8'),
  });
  if (!read.ok) throw new InputFaultsError(read.faults);
  return read.setup.setup;
}

async function allClients(
  client: <Client extends object>(constructor: new (settings: SealpostClientSettings) => Client) => Client,
): Promise<SealpostClients> {
  const [config, iam, kms, organizations, s3, sns, sts] = await Promise.all([
    import('@aws-sdk/client-config-service'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-kms'),
    import('@aws-sdk/client-organizations'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-sns'),
    import('@aws-sdk/client-sts'),
  ]);
  return {
    config: client(config.ConfigServiceClient),
    iam: client(iam.IAMClient),
    kms: client(kms.KMSClient),
    organizations: client(organizations.OrganizationsClient),
    s3: client(s3.S3Client),
    sns: client(sns.SNSClient),
    sts: client(sts.STSClient),
  };
}

/** Through the same door as anybody: what it does to the clock, the audit trail and the caches is done in one place. */
async function asked(app: App, name: 'clock' | 'reset', body: object): Promise<unknown> {
  const response = await fetch(`${app.address.url}/_sealpost/${name}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const message =
    typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : '';
  throw new Error(`the server refused it: ${message}`);
}

async function onlySetup(app: App, place: SealpostPlace = {}): Promise<Setup> {
  const [first, second] = await app.exportSetups(place);
  if (first === undefined)
    throw new Error('the server holds no configuration recorder: put one, or start it with a setup');
  if (second !== undefined)
    throw new Error('the server holds several configuration recorders: say whose, as { account, region }');
  const read = setupFromValue(first);
  if (!read.ok) throw new InputFaultsError(read.faults);
  return read.setup.setup;
}
