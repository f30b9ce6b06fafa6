/** The library: everything of `pure.ts`, and what needs Node. */
import type { App, CreateServerOptions } from './app.ts';

export { check, compile, evaluate, generatePolicies, InputFaultsError, lint, smallestFix } from './pure.ts';
export type {
  CheckOptions,
  CompiledSetup,
  Decision,
  EvaluationOptions,
  EvaluationRequest,
  Fault,
  Finding,
  GeneratedPolicies,
  GeneratedPolicy,
  PolicyDocument,
  PolicyRequest,
  PolicyType,
  Report,
  Setup,
  SmallestFix,
} from './pure.ts';
export type { App, CreateServerOptions } from './app.ts';

/**
 * Starts a server in this process: AWS Config, KMS, S3 and what they need, at one endpoint. It is loaded when it is
 * asked for, so that `check` and `evaluate` start at once.
 *
 * @throws {Error} the port is taken, or the data folder can't be opened; the message says what to do
 * @example
 * await using server = await createServer();
 * console.log(server.address);
 */
export async function createServer(options: CreateServerOptions = {}): Promise<App> {
  const app = await import('./app.ts');
  return app.createServer(options);
}
