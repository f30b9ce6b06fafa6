/**
 * What the server needs from the services that it serves: `app.ts` joins these to IAM, STS, Organizations and the
 * setup exporter. Calls may run concurrently; each reads what was committed before it.
 */
import type { AccountId } from '../aws/account-id.ts';
import type { Principal } from '../policy/principal.ts';
import type { Caller, StoredPolicy } from '../services/operation.ts';

/** Access keys of users, sessions of roles and the root credentials, in one look-up. */
export interface Credentials {
  /**
   * Whoever this access key ID belongs to, or `null` if nobody; an expired session is still found (the refusal
   * says that it expired), a deactivated key is not.
   *
   * @throws {StoreUnavailable} the store cannot answer now. Safe to retry.
   */
  find(accessKeyId: string): Promise<FoundCredential | null>;
}

export interface FoundCredential {
  readonly secretAccessKey: string;
  /** `null`: a long-term key, which comes without a token. */
  readonly sessionToken: string | null;
  /** By the server's clock. `null`: does not expire. */
  readonly expiresAtMillis: number | null;
  readonly caller: Caller;
}

/** A policy of a caller: its stored text, or the knowledge that there is one whose content is not known here (an AWS managed policy that we don't carry). */
export type CallerPolicy =
  | { readonly kind: 'stored'; readonly policy: StoredPolicy }
  | { readonly kind: 'unknown'; readonly arn: string; readonly label: string; readonly why: string };

export interface PrincipalPolicies {
  /** Inline and attached policies of a user (with its groups') or a role; `[]`: none, or a principal that has none by nature. */
  readonly identity: readonly CallerPolicy[];
  /** `null`: no permissions boundary. */
  readonly boundary: CallerPolicy | null;
}

export interface OrganizationMembership {
  readonly id: string;
  /** `o-exampleorgid/r-ab12/ou-ab12-11111111/`, as in `aws:PrincipalOrgPaths`. */
  readonly path: string;
  /** `null`: a setup need not say which it is; its accounts are members all the same. */
  readonly managementAccount: AccountId | null;
}

export interface AccountPolicies {
  /** `null`: the account is in no organization. */
  readonly organization: OrganizationMembership | null;
  /** A list for each level from root to account; `null`: none apply. */
  readonly serviceControl: readonly (readonly CallerPolicy[])[] | null;
  readonly resourceControl: readonly (readonly CallerPolicy[])[] | null;
}

export interface CallerPolicies {
  ofPrincipal(principal: Principal): Promise<PrincipalPolicies>;
  ofAccount(account: AccountId): Promise<AccountPolicies>;
}

/** What the endpoints under `/_sealpost/` do beyond the server's own state. */
export interface Administration {
  /** Empties every store. The server's clock and audit trail are its own business. */
  reset(): Promise<void>;
  /** Does what fell due by the server's clock, and resolves when that is done. */
  settle(): Promise<void>;
  /** When the first thing falls due, past or future; `null`: nothing is planned. */
  nextDueMillis(): Promise<number | null>;
  /** The certificate that stands under this path, in PEM; `null`: none does. */
  certificate(path: string): Promise<string | null>;
  /** The newest messages of topics, newest first; `null`: of all. Plain JSON values. */
  publishedMessages(of: { readonly topicArn: string | null; readonly limit: number }): readonly unknown[];
  /** The setup documents of the recorders that match, one each; `null` matches all. Plain JSON values. */
  exportSetups(selector: {
    readonly account: string | null;
    readonly region: string | null;
  }): Promise<readonly unknown[]>;
}
