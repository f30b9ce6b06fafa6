/** What a running server holds, as setups. */
import { readSetupText } from '../../../setup/read-setup.ts';
import { CliFault } from '../../command.ts';
import type { CheckSource } from './check-sources.ts';

const answerTimeoutMillis = 10_000;

/** @throws {CliFault} nothing answers there, or it is no sealpost, or it has no recorder yet */
export async function endpointSources(endpoint: string): Promise<readonly CheckSource[]> {
  const text = await setupText(endpoint);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notSealpost(endpoint);
  }
  const setups: readonly unknown[] = Array.isArray(value) ? value : [value];
  return setups.map((setup) =>
    sourceNamed(setup, setups.length === 1 ? endpoint : `${endpoint} ${placeOf(setup)}`),
  );
}

/** A server has one recorder for each account and Region, so that is its name. */
function placeOf(setup: unknown): string {
  const recorder: unknown =
    typeof setup === 'object' && setup !== null && 'recorder' in setup ? setup.recorder : null;
  const { account, region } = (recorder ?? {}) as { readonly account?: unknown; readonly region?: unknown };
  return `${String(account)} ${String(region)}`;
}

function sourceNamed(setup: unknown, name: string): CheckSource {
  return {
    name,
    read: () =>
      readSetupText(JSON.stringify(setup, null, 2), {
        file: name,
        readFile: (path) =>
          Promise.reject(
            new Error(`a server's setup holds its policies, it does not name files like ${path}`),
          ),
      }),
  };
}

async function setupText(endpoint: string): Promise<string> {
  let url: URL;
  try {
    url = new URL('/_sealpost/setup', endpoint);
  } catch {
    throw new CliFault({
      code: 'command-line',
      message: `\`--endpoint ${endpoint}\` is not a URL`,
      next: 'write what `sealpost serve` printed, for example `http://127.0.0.1:4566`',
    });
  }
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMillis) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new CliFault({
      code: 'endpoint-does-not-answer',
      message: `nothing answers at \`${endpoint}\`: ${cause instanceof Error ? cause.message : 'the connection failed'}`,
      next: 'start `sealpost serve`, or name the port that it printed',
    });
  }
  const body = await response.text();
  if (response.ok) return body;
  if (response.status === 404 && body !== '' && !body.startsWith('<')) {
    throw new CliFault({
      code: 'endpoint-without-recorder',
      message: `the server at \`${endpoint}\` has no setup to check: ${sentenceOf(body)}`,
      next: 'put a configuration recorder and a delivery channel, then check again',
    });
  }
  throw notSealpost(endpoint);
}

/** The sentence of an answer, whether it is plain text or a JSON object with a message. */
function sentenceOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (
      typeof value === 'object' &&
      value !== null &&
      'message' in value &&
      typeof value.message === 'string'
    )
      return value.message;
  } catch {
    // Plain text: as it is.
  }
  return body.trim().slice(0, 200);
}

function notSealpost(endpoint: string): CliFault {
  return new CliFault({
    code: 'endpoint-is-no-sealpost',
    message: `what answers at \`${endpoint}\` is no \`sealpost serve\``,
    next: 'name the URL that `sealpost serve` printed',
  });
}
