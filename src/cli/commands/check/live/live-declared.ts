/** `--live`: what live accounts declare. The SDK is loaded when it is asked for, and by nothing else. */
import type { Declared } from '../../../../setup/inputs/declared.ts';
import { livePolicy } from '../../../../setup/inputs/live/live-calls.ts';
import { LiveFault } from '../../../../setup/inputs/live/live-caller.ts';
import { readLive } from '../../../../setup/inputs/live/read-live.ts';
import { CliFault, type CliInput } from '../../../command.ts';
import type { Terminal } from '../../../terminal.ts';

/** The policy that `--live` needs, as a text. */
export function livePolicyText(): string {
  return `${JSON.stringify(livePolicy(), null, 2)}\n`;
}

/** @throws {CliFault} nothing can be read */
export async function liveDeclared(input: CliInput, { env }: Terminal): Promise<Declared> {
  const profiles = input.texts('profile');
  const { sdkCaller } = await import('./sdk-caller.ts');
  const isSaid = (name: string): boolean => (env[name] ?? '') !== '';
  const said = {
    hasOwnEndpoint: isSaid('AWS_ENDPOINT_URL') || isSaid('AWS_ENDPOINT_URL_S3'),
    hasOwnAttempts: isSaid('AWS_MAX_ATTEMPTS'),
  };
  const callers = await Promise.all(
    (profiles.length === 0 ? [null] : profiles).map(async (profile) =>
      sdkCaller({ profile, region: await regionFor(profile, input, env), ...said }),
    ),
  );
  const role = input.text('role');
  try {
    return await readLive(callers, {
      role: role === 'service-linked' ? null : role,
      bucket: input.text('bucket'),
      key: input.text('key'),
      withOrganization: !input.has('without-organization'),
    });
  } catch (error) {
    if (!(error instanceof LiveFault)) throw error;
    const { code, message, next } = error;
    throw new CliFault({ code, message, next });
  }
}

async function regionFor(profile: string | null, input: CliInput, env: Terminal['env']): Promise<string> {
  const said =
    input.text('region') ?? (profile === null ? (env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION']) : null);
  if (said != null && said !== '') return said;
  const { STSClient } = await import('@aws-sdk/client-sts');
  try {
    return await new STSClient(profile === null ? {} : { profile }).config.region();
  } catch {
    const fallback = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
    if (fallback !== undefined && fallback !== '') return fallback;
    throw new CliFault({
      code: 'region-not-known',
      message: `the Region to read is not known${profile === null ? '' : ` of the profile \`${profile}\``}`,
      next: 'name it with `--region`',
    });
  }
}
