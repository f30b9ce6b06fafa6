import type { AccountId } from '../aws/account-id.ts';
import type { RequestContext } from './context.ts';
import type { Principal } from './principal.ts';

/** One request to authorise. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** `kms:GenerateDataKey`; compared without regard to case. */
  readonly action: string;
  /** The ARN, or `*` for an action that names no resource. */
  readonly resource: string;
  /** The account that owns the resource; `null`: not given. S3's ARNs do not say it. */
  readonly resourceAccount: AccountId | null;
  readonly context: RequestContext;
  /**
   * True when an AWS service calls with the caller's own credentials (forward access session): no VPC endpoint
   * policy applies. spec: IAM-FAS-1
   */
  readonly isForwarded?: boolean;
}
