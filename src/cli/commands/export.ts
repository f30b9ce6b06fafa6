/** `sealpost export`: a running server as a setup document. */
import { CliFault, type CliCommand } from '../command.ts';

const answerTimeoutMillis = 10_000;

export const exportCommand: CliCommand = {
  name: 'export',
  summary: 'print what a running server holds as a setup document',
  arguments: [],
  options: [
    { flags: '--endpoint URL', summary: 'the server', default: 'http://127.0.0.1:4566' },
    { flags: '--account ID', summary: 'only the recorder of this account' },
    { flags: '--region REGION', summary: 'only the recorder of this Region' },
  ],
  examples: [
    { command: 'export --endpoint http://127.0.0.1:4566 > setup.json', summary: 'keep what it holds' },
  ],
  run: async (input, terminal) => {
    const endpoint = input.text('endpoint') ?? '';
    const url = setupUrl(endpoint);
    for (const name of ['account', 'region']) {
      const value = input.text(name);
      if (value !== null) url.searchParams.set(name, value);
    }
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMillis) }).catch(
      (error: unknown) => {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        throw new CliFault({
          code: 'endpoint-does-not-answer',
          message: `nothing answers at \`${endpoint}\`: ${cause instanceof Error ? cause.message : 'the connection failed'}`,
          next: 'start `sealpost serve`, or name the port that it printed',
        });
      },
    );
    const text = await response.text();
    if (!response.ok)
      throw new CliFault({
        code: 'endpoint-without-recorder',
        message: `the server at \`${endpoint}\` has nothing to export: ${text.trim().slice(0, 200)}`,
        next: 'put a configuration recorder first',
      });
    const setup: unknown = JSON.parse(text);
    terminal.out(`${JSON.stringify(setup, null, 2)}\n`);
    return 0;
  },
};

function setupUrl(endpoint: string): URL {
  try {
    return new URL('/_sealpost/setup', endpoint);
  } catch {
    throw new CliFault({
      code: 'command-line',
      message: `\`--endpoint ${endpoint}\` is not a URL`,
      next: 'write what `sealpost serve` printed, for example `http://127.0.0.1:4566`',
    });
  }
}
