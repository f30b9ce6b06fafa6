/** The library: everything of `pure.ts`, and what needs Node. */
export { check, compile, evaluate, InputFaultsError, lint } from './pure.ts';
export type {
  CheckOptions,
  CompiledSetup,
  Decision,
  EvaluationOptions,
  EvaluationRequest,
  Fault,
  Finding,
  PolicyDocument,
  PolicyType,
  Report,
  Setup,
} from './pure.ts';
