import type { AccountId } from '../aws/account-id.ts';
import type { CompiledPolicy } from './compile.ts';
import type { PolicySource } from './decision.ts';

/**
 * A policy that applies to the request, or the knowledge that one may: its content was not given, or not even whether
 * there is one.
 */
export type PolicyInput =
  | { readonly kind: 'policy'; readonly policy: CompiledPolicy }
  | { readonly kind: 'unknown'; readonly source: PolicySource; readonly why: string };

/** An active KMS grant on the key of the request. */
export interface GrantInput {
  readonly grantId: string | null;
  /** `null`: not given, so it may be anybody but a service. */
  readonly granteePrincipal: string | null;
  readonly operations: readonly string[];
  readonly retiringPrincipal: string | null;
  /** The account that made the grant; `null`: not given. */
  readonly issuingAccount: AccountId | null;
  readonly encryptionContextSubset: Readonly<Record<string, string>> | null;
  readonly encryptionContextEquals: Readonly<Record<string, string>> | null;
  readonly source: PolicySource;
}

/**
 * Every policy that may apply to one request, gathered by whoever asks (a setup, the server's stores).
 * The engine decides which of them really apply to this kind of caller: give what there is.
 *
 * `null` for a single layer: there is none. An empty list: there are none, so nothing there allows.
 */
export interface PolicyInputs {
  /** The caller's own identity policies (a user's with its groups', a role's). */
  readonly identity: readonly PolicyInput[];
  /** The caller's permissions boundary. Where only that there may be one is known, a Deny with NotPrincipal is unknown. */
  readonly boundary: PolicyInput | null;
  /** Session policies; each must allow where there are any. `null`: the session has none. */
  readonly session: readonly PolicyInput[] | null;
  /** The policy attached to the resource (key, bucket, topic, trust policy of a role); `null`: it has none. */
  readonly resource: PolicyInput | null;
  readonly grants: readonly GrantInput[];
  /** SCPs of the caller's account: a list for each level from root to account. `null`: no SCPs apply (no organization, management account). */
  readonly serviceControl: readonly (readonly PolicyInput[])[] | null;
  /** RCPs of the resource's account, likewise. Only Deny counts. */
  readonly resourceControl: readonly (readonly PolicyInput[])[] | null;
  /** The policy of the VPC endpoint that the request came through; `null`: it came through none. */
  readonly vpcEndpoint: PolicyInput | null;
}
