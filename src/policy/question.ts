/** One request as the compiled policies see it: what every element is tested against, prepared once. */
import type { RequestContext } from './context.ts';
import type { Match } from './match.ts';
import type { Principal } from './principal.ts';

export interface Question {
  readonly principal: Principal;
  /** As the request spells it. */
  readonly action: string;
  /** `kms`, in lower case; empty if the action has no colon. */
  readonly service: string;
  readonly resource: string;
  readonly context: RequestContext;
  /** Whether the caller has a permissions boundary, which a Deny with NotPrincipal never exempts. */
  readonly hasBoundary: Match;
  /** Whether the caller is of the account that owns the resource; `maybe` where the owner was not given. */
  readonly isSameAccount: Match;
  /** An AWS service calls with the caller's own credentials. */
  readonly isForwarded: boolean;
}
