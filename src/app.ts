/**
 * Composes the server: stores, services, joins between services, the delivery worker. The one place that knows which
 * parts are in use; every need that one service has of another is joined here, through the door that authorises it.
 */
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { organizationKey, organizations as laidOutOrganizations } from './app/organization.ts';
import { organizationMemory, type OrganizationMemory } from './app/organization-memory.ts';
import { AppNotStarted } from './app/app-not-started.ts';
import { emptyRecords } from './app/collections.ts';
import { credentialsOf } from './app/credentials.ts';
import { dataKeysThrough } from './app/data-keys.ts';
import { deliveryDoors } from './app/delivery-doors.ts';
import { endpointSending } from './app/endpoint-sending.ts';
import { exportSetups } from './app/export-setups.ts';
import { Clockwork } from './app/clockwork.ts';
import { inventoryOf } from './app/inventory.ts';
import { bringToShape } from './app/record-shapes.ts';
import { recordingRecords } from './app/recording-records.ts';
import { forgetClock, keepClock, resumeClock } from './app/clock-mark.ts';
import { layOutSetup } from './app/lay-out-setup.ts';
import { principalMentions } from './app/principal-mentions.ts';
import type { RootCredentials } from './app/root-credentials.ts';
import { folderRootKey } from './app/root-key-file.ts';
import { publishedMessages, type ShownMessage } from './app/published-messages.ts';
import { RepeatedWork } from './app/repeated-work.ts';
import { topicKeysThrough } from './app/topic-keys.ts';
import { rootKeyFrom, rootKeyBytes, type RootKey } from './app/root-key.ts';
import { parseAccountId } from './aws/account-id.ts';
import { partitionOfRegion } from './aws/partition.ts';
import { openFileBlobs } from './blobs/files/file-blobs.ts';
import { openMemoryBlobs } from './blobs/memory/memory-blobs.ts';
import { DeliveryWorker } from './delivery/worker/delivery-worker.ts';
import { deliveries, deliveryKey, type DeliveryRecord, type Doors } from './delivery/worker/ports.ts';
import { sweepSpool } from './delivery/worker/file-content.ts';
import { historyOrder, retryOrder } from './delivery/worker/history-order.ts';
import { notifyOnce } from './delivery/worker/notify.ts';
import { oversizedOrder } from './delivery/worker/oversized-order.ts';
import { sessionName } from './delivery/plan.ts';
import { snapshotOrder } from './delivery/worker/snapshot-order.ts';
import { verifyChannel } from './delivery/worker/verify-channel.ts';
import { isLoopbackName } from './server/host-header.ts';
import type { Invoke } from './server/invoke.ts';
import { createAwsServer, type AwsServer, type ServerAddress } from './server/server.ts';
import { serviceProtocols } from './server/service-protocols.ts';
import type { Blobs } from './services/blobs.ts';
import { config } from './services/config/config.ts';
import { statusChanges } from './services/config/delivery-status.ts';
import { channels, placeKey, type ConfigPorts } from './services/config/ports.ts';
import { firstDueMillis, runSchedule } from './services/config/run-schedule.ts';
import { snapshotText } from './services/config/snapshot.ts';
import { tellChanges } from './services/config/tell-changes.ts';
import { iam } from './services/iam/iam.ts';
import { identityPoliciesOf } from './services/iam/policies-of.ts';
import type { IamPorts } from './services/iam/ports.ts';
import { roleDirectory } from './services/iam/role-directory.ts';
import { Keyring } from './services/kms/keyring.ts';
import { kms } from './services/kms/kms.ts';
import type { KmsPorts } from './services/kms/ports.ts';
import { organizations } from './services/organizations/organizations.ts';
import type { OrganizationsPorts } from './services/organizations/ports.ts';
import { collection, put, type RecordStore } from './services/records.ts';
import { buckets, type S3Ports } from './services/s3/ports.ts';
import { s3 } from './services/s3/s3.ts';
import { sweepOrphans } from './services/s3/sweep.ts';
import { topics, type SnsPorts } from './services/sns/ports.ts';
import { sns } from './services/sns/sns.ts';
import { sts } from './services/sts/sts.ts';
import type { StsPorts } from './services/sts/ports.ts';
import type { Setup } from './setup/schema.ts';
import { openMemory } from './stores/memory/memory-records.ts';
import { openSqlite } from './stores/sqlite/sqlite-records.ts';
import { realWorld, type ServerWorld } from './world/world.ts';

export { AppNotStarted } from './app/app-not-started.ts';
export { parseRootKey } from './app/root-key.ts';
export { ServerNotStarted } from './server/server-not-started.ts';
export { StoreNotOpened } from './services/records.ts';

export interface AppSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly data: { readonly kind: 'memory' } | { readonly kind: 'folder'; readonly path: string };
  /** The environment's root key; `null`: the folder's own file, or a fresh one in memory. */
  readonly rootKey: Uint8Array | null;
  /** The environment's root credentials. Needed off loopback. */
  readonly rootCredentials: RootCredentials | null;
  readonly isResetAllowed: boolean;
  /** Laid out in an empty store before the server answers. */
  readonly setup: Setup | null;
  readonly logger: Logger;
  readonly version: string;
  readonly world?: ServerWorld;
}

/** A running server. */
export interface App extends AsyncDisposable {
  readonly address: ServerAddress;
  readonly world: ServerWorld;
  readonly records: RecordStore;
  readonly blobs: Blobs;
  readonly invoke: Invoke;
  readonly doors: Doors;
  /** Resolves when every delivery that was due has been tried. */
  settle(): Promise<void>;
  /** What became of an ordered snapshot, or `null`: none of this ID. */
  findDelivery(of: {
    readonly account: string;
    readonly region: string;
    readonly configSnapshotId: string;
  }): Promise<DeliveryRecord | null>;
  /** The newest messages of topics, newest first, as `/_sealpost/messages` shows them. */
  publishedMessages(of: {
    readonly topicArn: string | null;
    readonly limit: number;
  }): readonly ShownMessage[];
  /** Setup documents, as `/_sealpost/setup` shows them. */
  exportSetups(selector?: {
    readonly account?: string;
    readonly region?: string;
  }): Promise<readonly unknown[]>;
  /** Writes a setup into an empty store, as at the start: ARNs as given, without the checks of the services. */
  layOut(setup: Setup): Promise<void>;
  /** Finishes requests and deliveries under way, then lets go of port and store. Closing again does nothing. */
  close(): Promise<void>;
}

/** What is due by the clock, and what a fault kept from ending, is looked for so often. */
const retryMillis = 1_000;

/**
 * Opens the stores, starts the server and the worker.
 *
 * @throws {StoreNotOpened | ServerNotStarted | AppNotStarted} one sentence with what to do; nothing was changed
 */
export async function createApp(settings: AppSettings): Promise<App> {
  const isLoopback = isLoopbackName(settings.host);
  if (!isLoopback && settings.rootCredentials === null)
    throw new AppNotStarted(
      `a server on ${settings.host} would let in everyone who knows the test credentials: set SEALPOST_ROOT_ACCESS_KEY_ID and SEALPOST_ROOT_SECRET_ACCESS_KEY, or stay on 127.0.0.1`,
    );
  const world = settings.world ?? realWorld();
  const { data } = settings;
  const store = data.kind === 'memory' ? openMemory() : await openSqlite(data.path);
  const whenNoted: Parts['whenNoted'] = { wake: () => undefined };
  const organization = organizationMemory(store);
  const records = recordingRecords(
    organization.records,
    () => world.nowMillis(),
    () => whenNoted.wake(),
  );
  try {
    const blobs = data.kind === 'memory' ? openMemoryBlobs() : await openFileBlobs(join(data.path, 'blobs'));
    await resumeClock(store, world);
    await bringToShape(store, {
      isNew: (await store.get(rootKeyMarks, 'root')) === null,
      place: data.kind === 'memory' ? 'memory' : data.path,
      nowMillis: world.nowMillis(),
    });
    const rootKey = await rootKeyOf(settings, records, world);
    return await startApp(settings, { world, records, blobs, rootKey, whenNoted, organization });
  } catch (error) {
    await records.close();
    throw error;
  }
}

interface Parts {
  readonly world: ServerWorld;
  readonly records: RecordStore;
  readonly blobs: Blobs;
  readonly rootKey: RootKey;
  /** Called when items were noted of which topics are to be told: set once there is somebody to tell them. */
  readonly whenNoted: { wake: () => void };
  readonly organization: OrganizationMemory;
}

async function startApp(settings: AppSettings, parts: Parts): Promise<App> {
  const { world, records, blobs } = parts;
  const { logger } = settings;
  const composed = compose(settings, parts);
  const { server, doors, kmsPorts, clockwork } = composed;
  try {
    await sweepOrphans(records, blobs);
    await sweepSpool(records, blobs);
    if (settings.setup !== null) await layOut(settings.setup, parts, kmsPorts);
    await clockwork.settle();
    const address = await server.listen();
    composed.listensAt(address.url);
    server.markReady();
    clockwork.wake();
    const retry = setInterval(() => clockwork.wake(), retryMillis);
    retry.unref();
    let closing: Promise<void> | null = null;
    const close = () =>
      (closing ??= (async () => {
        clearInterval(retry);
        await server.close();
        await clockwork.close();
        await records.close();
      })());
    return {
      address,
      world,
      records,
      blobs,
      invoke: server.invoke,
      doors,
      settle: () => clockwork.settle(),
      findDelivery: async (of) => (await records.get(deliveries, deliveryKey(of)))?.value ?? null,
      publishedMessages: composed.publishedMessages,
      exportSetups: ({ account = null, region = null } = {}) =>
        exportSetups(records, { account, region }, world.nowMillis()),
      layOut: async (setup) => {
        await records.commit(layOutSetup(setup, { ...world, ports: kmsPorts }));
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    logger.debug({ err: error }, 'the server did not start');
    await server.close();
    await clockwork.close();
    throw error;
  }
}

interface Composed {
  readonly server: AwsServer;
  readonly doors: Doors;
  readonly kmsPorts: KmsPorts;
  readonly publishedMessages: App['publishedMessages'];
  readonly clockwork: Clockwork;
  /** Told the server's own address once it has one. */
  readonly listensAt: (url: string) => void;
}

function compose(settings: AppSettings, parts: Parts): Composed {
  const { world, records, blobs, rootKey, whenNoted, organization } = parts;
  const { logger } = settings;
  const directory = roleDirectory(records);
  const iamPorts: IamPorts = {
    records,
    sealing: rootKey.secrets,
    principalMentions: principalMentions(records),
  };
  const stsPorts: StsPorts = { records, sealing: rootKey.secrets, roles: directory };
  const kmsPorts: KmsPorts = { records, keyring: new Keyring(rootKey.wrapping), principals: directory };
  const credentials = credentialsOf(iamPorts, settings.rootCredentials);

  // The services and the doors to them need each other: the inside door exists before anybody may knock.
  let door: Invoke | null = null;
  const invoke: Invoke = (...call) => {
    if (door === null)
      throw new Error('INVARIANT (composing calls nobody): the inside door was used while composing');
    return door(...call);
  };
  const doors = deliveryDoors({
    invoke,
    credentials,
    bucketRegion: async (name) => (await records.get(buckets, name))?.value.region ?? null,
    organizationOf: async (account) => (await organization.policiesOf(account)).organization,
  });
  const configPorts: ConfigPorts = {
    records,
    inventory: inventoryOf(records),
    deliveries: {
      verifyChannel: (channel) => verifyChannel(doors, channel, world.nowMillis()),
      snapshotOrder,
      historyOrder: (order) => historyOrder(records, order),
      retryOrder: (channel) => retryOrder(records, channel),
      oversizedOrder: (order) => oversizedOrder(records, order),
      notify: (channel, message) => notifyOnce(doors, channel, message),
      wake: () => clockwork.wake(),
    },
    recorderRole: {
      async refusal({ roleArn, ...source }) {
        const answer = await doors.assumeRole(source, roleArn, sessionName('delivery'));
        return 'outcome' in answer && answer.outcome === 'refused' ? answer : null;
      },
    },
    pageTokens: rootKey.pageTokens,
    topics: { exists: async (arn) => (await records.get(topics, arn)) !== null },
  };
  const owner = world.newUuid();
  const worker = new DeliveryWorker({
    records,
    doors,
    snapshotText: (delivery) => snapshotText(configPorts, { ...delivery, ...placeOf(delivery) }),
    topicArn: async (delivery) =>
      (await records.get(channels, placeKey(placeOf(delivery))))?.value.snsTopicARN ?? null,
    statusChanges: (ended, nowMillis, notification) =>
      statusChanges(records, {
        place: placeOf(ended),
        stream: ended.kind,
        atMillis: nowMillis,
        refusal: ended.refusal,
        notification,
      }),
    spool: blobs,
    nowMillis: () => world.nowMillis(),
    newUuid: () => world.newUuid(),
    owner,
    onFault: (error, delivery) =>
      logger.error(
        { err: error, configSnapshotId: delivery.configSnapshotId },
        'a delivery did not end; it is tried again',
      ),
  });
  const onFault = (error: unknown) => {
    logger.error({ err: error }, 'what fell due was not done; it is tried again');
  };
  const due = {
    ports: configPorts,
    nowMillis: () => world.nowMillis(),
    newUuid: () => world.newUuid(),
    partitionOf: partitionOfRegion,
    owner,
    onFault,
  };
  const telling = new RepeatedWork(() => tellChanges(due), onFault);
  whenNoted.wake = () => telling.wake();
  const messages = publishedMessages();
  const endpoints = endpointSending({
    records,
    sealing: rootKey.secrets,
    messages: messages.port,
    world,
    owner,
    reach: isLoopbackName(settings.host) ? 'any' : 'public',
    onFault,
  });
  const clockwork = new Clockwork({
    works: [new RepeatedWork(() => runSchedule(due), onFault), telling, worker, endpoints.work],
    nextDueMillis: [() => firstDueMillis(due), () => endpoints.nextDueMillis()],
  });
  const s3Ports: S3Ports = {
    records,
    blobs,
    dataKeys: dataKeysThrough(invoke),
    objectKeys: rootKey.objectKeys,
    principals: directory,
  };
  const snsPorts: SnsPorts = {
    records,
    messages: messages.port,
    endpoints: endpoints.port,
    sealing: rootKey.secrets,
    topicKeys: topicKeysThrough(invoke),
    principals: directory,
  };
  const organizationsPorts: OrganizationsPorts = {
    records,
    isLaidOut: async () => (await records.get(laidOutOrganizations, organizationKey)) !== null,
  };
  const server = createAwsServer({
    services: () => [
      { service: config, ports: configPorts, protocol: serviceProtocols.config },
      { service: kms, ports: kmsPorts, protocol: serviceProtocols.kms },
      { service: s3, ports: s3Ports, protocol: serviceProtocols.s3 },
      { service: iam, ports: iamPorts, protocol: serviceProtocols.iam },
      { service: sts, ports: stsPorts, protocol: serviceProtocols.sts },
      { service: sns, ports: snsPorts, protocol: serviceProtocols.sns },
      {
        service: organizations,
        ports: organizationsPorts,
        protocol: serviceProtocols.organizations,
      },
    ],
    ports: {
      credentials,
      policies: {
        ofPrincipal: (principal) => identityPoliciesOf(records, principal),
        ofAccount: (account) => organization.policiesOf(account),
      },
      administration: {
        reset: () => {
          messages.clear();
          endpoints.forget();
          return empty(records, blobs).then(() => forgetClock(records));
        },
        certificate: (path) => endpoints.certificate(path),
        publishedMessages: (of) => messages.list(of),
        settle: () => clockwork.settle().then(() => keepClock(records, world)),
        nextDueMillis: () => clockwork.nextDueMillis(),
        exportSetups: (selector) => exportSetups(records, selector, world.nowMillis()),
      },
    },
    world,
    logger,
    settings,
  });
  door = server.invoke;
  return {
    server,
    doors,
    kmsPorts,
    publishedMessages: (of) => messages.list(of),
    clockwork,
    listensAt: (url) => endpoints.listensAt(url),
  };
}

function placeOf({ account, region }: { readonly account: string; readonly region: string }) {
  const parsed = parseAccountId(account);
  if (parsed === null) throw new TypeError(`${account} is no account ID`);
  return { account: parsed, region };
}

async function empty(records: RecordStore, blobs: Blobs): Promise<void> {
  await emptyRecords(records);
  for await (const name of blobs.names()) await blobs.delete(name);
}

/** What the store knows of its root key: never the key. */
interface RootKeyMark {
  readonly fingerprint: string;
}
const rootKeyMarks = collection<RootKeyMark>('app.root-key-marks');

/** @throws {AppNotStarted} the store was encrypted under another root key */
async function rootKeyOf(settings: AppSettings, records: RecordStore, world: ServerWorld): Promise<RootKey> {
  const { data } = settings;
  const mark = await records.get(rootKeyMarks, 'root');
  const random = (length: number) => world.randomBytes(length);
  const bytes =
    settings.rootKey ??
    (data.kind === 'memory' ? random(rootKeyBytes) : await folderRootKey(data.path, mark === null, random));
  const rootKey = rootKeyFrom(bytes, random);
  if (mark === null) await records.commit([put(rootKeyMarks, 'root', { fingerprint: rootKey.fingerprint })]);
  else if (mark.value.fingerprint !== rootKey.fingerprint)
    throw new AppNotStarted(
      `what ${data.kind === 'folder' ? data.path : 'the store'} holds is encrypted under another root key: ${settings.rootKey === null ? 'put its root.key back' : 'set SEALPOST_ROOT_KEY to the one it was made with'}, or begin a new folder with --data`,
    );
  return rootKey;
}

const setupMarks = collection<{ readonly laidOutAtMillis: number }>('app.setup-marks');

/** Once: a folder that was begun with a setup goes on from where it is. */
async function layOut(setup: Setup, { records, world }: Parts, ports: KmsPorts): Promise<void> {
  if ((await records.get(setupMarks, 'setup')) !== null) return;
  await records.commit([
    put(setupMarks, 'setup', { laidOutAtMillis: world.nowMillis() }),
    ...layOutSetup(setup, { ...world, ports }),
  ]);
}

/** What the library's `createServer` takes. */
export interface CreateServerOptions {
  /** 0, the default: any free port. */
  readonly port?: number;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** A folder; in memory unless given. */
  readonly data?: string;
  readonly setup?: Setup;
}

/**
 * A server for tests and tools, on loopback and silent.
 *
 * @example
 * await using server = await createServer();
 * new KMSClient({ endpoint: server.address.url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
 */
export function createServer(options: CreateServerOptions = {}): Promise<App> {
  return createApp({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    allowedHosts: [],
    data: options.data === undefined ? { kind: 'memory' } : { kind: 'folder', path: options.data },
    rootKey: null,
    rootCredentials: null,
    isResetAllowed: options.data === undefined,
    setup: options.setup ?? null,
    logger: pino({ level: 'silent' }),
    version: '0',
  });
}
