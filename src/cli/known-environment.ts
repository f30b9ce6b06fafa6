/** The environment variables of ours: a misspelt one would be ignored in silence, so an unknown one is an error. */
import { nearestName } from '../explain/nearest-name.ts';
import { CliFault } from './command.ts';

/** Name and what it is for. */
export const knownEnvironment: Readonly<Record<string, string>> = {
  SEALPOST_ROOT_ACCESS_KEY_ID: "access key ID of the server's root credentials, with its secret",
  SEALPOST_ROOT_SECRET_ACCESS_KEY: "secret access key of the server's root credentials",
  SEALPOST_ROOT_KEY:
    '32 bytes in base64 that the server encrypts its secrets under, instead of the root.key of its folder',
  SEALPOST_LONG: 'runs the long tests of a checkout as well; the program itself ignores it',
};

/** @throws {CliFault} a variable begins with `SEALPOST_` and is none of ours */
export function checkEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith('SEALPOST_') || Object.hasOwn(knownEnvironment, name)) continue;
    const nearest = nearestName(name, Object.keys(knownEnvironment));
    throw new CliFault({
      code: 'unknown-environment-variable',
      message: `the environment holds \`${name}\`, which sealpost does not know`,
      next: nearest === null ? `unset it` : `write \`${nearest}\`, or unset it`,
    });
  }
}
