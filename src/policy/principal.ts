import type { AccountId } from '../aws/account-id.ts';

/**
 * Who makes a request, as the engine sees it. One member of the union for each kind of caller that AWS
 * treats differently (spec: IAM-CALLER-1).
 */
export type Principal =
  | { readonly kind: 'account-root'; readonly account: AccountId; readonly partition: string }
  | {
      readonly kind: 'user';
      readonly arn: string;
      readonly account: AccountId;
      readonly partition: string;
      readonly uniqueId: string | null;
    }
  | RoleSession
  | {
      readonly kind: 'federated-user';
      readonly arn: string;
      readonly account: AccountId;
      readonly partition: string;
      readonly userArn: string | null;
    }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

export interface RoleSession {
  readonly kind: 'role-session';
  readonly account: AccountId;
  readonly partition: string;
  /** The role's ARN with its path. */
  readonly roleArn: string;
  /** `arn:aws:sts::A:assumed-role/NAME/SESSION`: no path. */
  readonly sessionArn: string;
  readonly sessionName: string;
  /**
   * True where the session name is only observed, not documented: a policy that compares it is unknown
   * (spec: DLV-SESSION-1).
   */
  readonly isSessionNameUncertain: boolean;
  readonly roleUniqueId: string | null;
  /** A role under `/aws-service-role/`: no SCP and no RCP applies to it (spec: IAM-SLR-1). */
  readonly isServiceLinked: boolean;
}

/** Whether the caller is a session of a role that AWS made for one of its services. */
export function isServiceLinked(principal: Principal): boolean {
  return principal.kind === 'role-session' && principal.isServiceLinked;
}
