/** `sealpost serve`: Config, KMS, S3, IAM and STS at one endpoint for unchanged AWS clients. */
import type { App, AppSettings } from '../../app.ts';
import type { Setup } from '../../setup/schema.ts';
import { CliFault, type CliCommand, type CliInput } from '../command.ts';
import { palette } from '../palette.ts';
import type { Terminal } from '../terminal.ts';

const defaultPort = 4566;
const defaultFolder = '.sealpost';
const logLevels = ['silent', 'error', 'warn', 'info', 'debug'];

const exitStatus = { closed: 0, notStarted: 1, faulty: 2 } as const;

export const serveCommand: CliCommand = {
  name: 'serve',
  summary: 'serve AWS Config, KMS, S3, IAM and STS on this machine, for unchanged AWS clients',
  arguments: [],
  options: [
    { flags: '--port PORT', summary: 'the port; 0 takes any free one', default: String(defaultPort) },
    { flags: '--host HOST', summary: 'the address to listen on', default: '127.0.0.1' },
    { flags: '--data DIR', summary: `the folder that holds everything; ${defaultFolder} unless given` },
    { flags: '--memory', summary: 'keep nothing on disk' },
    { flags: '--setup FILE', summary: 'lay out this setup in an empty store before answering' },
    { flags: '--example', summary: 'lay out an example, deliver twice and tell how it went' },
    {
      flags: '--allow-reset',
      summary: 'let clients empty the server and move its clock; allowed with --memory',
    },
    { flags: '--allowed-host NAME', summary: 'answer to this Host header, too', isRepeatable: true },
    {
      flags: '--log-level LEVEL',
      summary: 'what is logged to standard error',
      choices: logLevels,
      default: 'warn',
    },
  ],
  examples: [
    { command: 'serve', summary: `everything in ${defaultFolder}, on port ${defaultPort}` },
    { command: 'serve --example', summary: 'with a bucket, a key and two recorders to look at' },
    {
      command: 'serve --memory --port 0 --setup setup.json',
      summary: 'a throw-away server that holds a setup',
    },
  ],
  run: async (input, terminal) => {
    const { createApp, AppNotStarted, StoreNotOpened, ServerNotStarted } = await import('../../app.ts');
    const read = await readSetupFile(input, terminal);
    if (read === 'faulty') return exitStatus.faulty;
    const settings = await settingsOf(input, terminal, read);
    let app: App;
    try {
      app = await createApp(settings);
    } catch (error) {
      const isTold =
        error instanceof AppNotStarted ||
        error instanceof StoreNotOpened ||
        error instanceof ServerNotStarted;
      if (!isTold) throw error;
      const colours = palette(terminal.errHasColours);
      terminal.err(`${colours.bad('error')}: ${error.message}\n`);
      return exitStatus.notStarted;
    }
    // From here on a signal closes what is open, also while the example is under way.
    const ended = whenInterrupted();
    terminal.out(`${welcome(app, settings, terminal)}\n`);
    if (input.has('example')) await Promise.race([tellExample(app, terminal), ended]);
    await ended;
    terminal.err('closing: requests under way are finished\n');
    await app.close();
    return exitStatus.closed;
  },
};

async function settingsOf(input: CliInput, terminal: Terminal, setup: Setup | null): Promise<AppSettings> {
  const { pino } = await import('pino');
  const { default: packageJson } = await import('../../../package.json', { with: { type: 'json' } });
  const isMemory = input.has('memory');
  const folder = input.text('data');
  if (isMemory && folder !== null)
    throw new CliFault({
      code: 'command-line',
      message: '`--memory` keeps nothing and `--data` names a folder to keep it in',
      next: 'leave one of them out',
    });
  const rootCredentials = rootCredentialsOf(terminal);
  if (input.has('example') && rootCredentials !== null)
    throw new CliFault({
      code: 'command-line',
      message: '`--example` uses the test credentials, and the environment sets others',
      next: 'unset SEALPOST_ROOT_ACCESS_KEY_ID and SEALPOST_ROOT_SECRET_ACCESS_KEY, or leave `--example` out',
    });
  return {
    host: input.text('host') ?? '127.0.0.1',
    port: portOf(input),
    allowedHosts: input.texts('allowed-host'),
    data: isMemory ? { kind: 'memory' } : { kind: 'folder', path: folder ?? defaultFolder },
    rootKey: await rootKeyOf(terminal),
    rootCredentials,
    isResetAllowed: isMemory || input.has('allow-reset'),
    setup,
    logger: pino({ level: input.text('log-level') ?? 'warn' }, pino.destination({ fd: 2, sync: true })),
    version: packageJson.version,
  };
}

function portOf(input: CliInput): number {
  const text = input.text('port') ?? String(defaultPort);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new CliFault({
    code: 'command-line',
    message: `\`--port ${text}\` is no port`,
    next: 'write a number from 1 to 65535, or 0 for any free port',
  });
}

function rootCredentialsOf({ env }: Terminal): AppSettings['rootCredentials'] {
  const accessKeyId = env['SEALPOST_ROOT_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['SEALPOST_ROOT_SECRET_ACCESS_KEY'] ?? '';
  if (accessKeyId === '' && secretAccessKey === '') return null;
  if (accessKeyId !== '' && secretAccessKey !== '') return { accessKeyId, secretAccessKey };
  throw new CliFault({
    code: 'environment',
    message: 'the environment holds half of the root credentials',
    next: 'set both SEALPOST_ROOT_ACCESS_KEY_ID and SEALPOST_ROOT_SECRET_ACCESS_KEY, or neither',
  });
}

async function rootKeyOf({ env }: Terminal): Promise<Uint8Array | null> {
  const text = env['SEALPOST_ROOT_KEY'] ?? '';
  if (text === '') return null;
  const { parseRootKey } = await import('../../app.ts');
  const key = parseRootKey(text);
  if (key !== null) return key;
  throw new CliFault({
    code: 'environment',
    message: 'SEALPOST_ROOT_KEY is not 32 bytes in base64',
    next: 'set it to what `openssl rand -base64 32` prints, or unset it',
  });
}

/** The setup of `--setup`, `null` without it, `'faulty'` when its faults have been told. */
async function readSetupFile(input: CliInput, terminal: Terminal): Promise<Setup | null | 'faulty'> {
  const file = input.text('setup');
  if (file === null) return null;
  const { readSetupText } = await import('../../setup/read-setup.ts');
  const { faultText } = await import('../fault-text.ts');
  const texts = new Map<string | null, string>();
  const readFile = async (path: string): Promise<string> => {
    const text = await terminal.readText(path);
    texts.set(path, text);
    return text;
  };
  const text = await readFile(file).catch((error: unknown) => {
    throw new CliFault({
      code: 'file-not-readable',
      message: `\`${file}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      next: 'name a setup document that is there',
    });
  });
  const read = await readSetupText(text, { file: file === '-' ? null : file, readFile });
  if (read.ok) return read.setup.setup;
  const colours = palette(terminal.errHasColours);
  for (const fault of read.faults) terminal.err(faultText(fault, (path) => texts.get(path) ?? null, colours));
  return 'faulty';
}

function welcome(app: App, settings: AppSettings, terminal: Terminal): string {
  const colours = palette(terminal.hasColours);
  const { url } = app.address;
  const where = settings.data.kind === 'memory' ? 'in memory' : `in ${settings.data.path}`;
  const [id, secret] =
    settings.rootCredentials === null
      ? ['111122223333', 'test']
      : [settings.rootCredentials.accessKeyId, '"$SEALPOST_ROOT_SECRET_ACCESS_KEY"'];
  return [
    `${colours.strong(`Sealpost ${settings.version}`)} at ${url}, everything ${where}. Ctrl-C ends it.`,
    '',
    'For AWS CLI and SDKs, paste:',
    `  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1`,
    `  export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret}`,
    ...(settings.rootCredentials === null ? ['  (any twelve digits are the root user of that account)'] : []),
    '',
    `Ask what a delivery would do: sealpost check --endpoint ${url}`,
  ].join('\n');
}

/** An example that does not finish, on a folder that somebody changed, is no reason to stop serving. */
async function tellExample(app: App, terminal: Terminal): Promise<void> {
  try {
    await showExample(app, terminal);
  } catch (error) {
    const colours = palette(terminal.errHasColours);
    const what = error instanceof Error ? error.message : String(error);
    terminal.err(
      `${colours.bad('error')}: the example did not finish: ${what}\n  = next: look at what the folder holds with \`sealpost check --endpoint ${app.address.url}\`, or begin a new folder with --data\n`,
    );
  }
}

async function showExample(app: App, terminal: Terminal): Promise<void> {
  const { runExample } = await import('../example/run-example.ts');
  const lines = await runExample(
    {
      url: app.address.url,
      async deliveryOf(of) {
        await app.settle();
        return app.findDelivery(of);
      },
      async setupOf(account, region) {
        const [setup] = await app.exportSetups({ account, region });
        // Sealpost's own export, which the checker reads as strictly as any other.
        return setup as Setup;
      },
      nowMillis: () => app.world.nowMillis(),
    },
    palette(terminal.hasColours),
  );
  terminal.out(`\n${lines.join('\n')}\n\nIt keeps serving.\n`);
}

/** Resolves with the first SIGINT or SIGTERM; a second one ends the process at once, as without us. */
function whenInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
}
