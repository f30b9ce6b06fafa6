/**
 * How an operation of a service declares itself. The one file that services, protocols and the server share:
 * it knows no HTTP and no store.
 *
 * An operation does not call authorisation: it declares what it needs, and the chain in `server/chain.ts` asks
 * the policy engine before `operate` runs. An operation that needs nothing says so with a reason.
 */
import type { AccountId } from '../aws/account-id.ts';
import type { ContextValue } from '../policy/context.ts';
import type { Decision } from '../policy/decision.ts';
import type { Principal } from '../policy/principal.ts';
import type { GrantInput } from '../policy/policy-inputs.ts';
import type { AwsError } from './aws-error.ts';

/** A policy as it is stored: its text and the ARN of what carries it. */
export interface StoredPolicy {
  readonly text: string;
  /** ARN of the key, bucket, topic or role that it is attached to, or its own (managed policy, SCP). */
  readonly arn: string;
  /** The owner in a person's words: `the key policy`, `the inline policy "delivery" of the role config`. */
  readonly label: string;
}

export type ContextEntries = readonly (readonly [name: string, value: ContextValue])[];

/** Who calls, with what comes along with the credentials. */
export interface Caller {
  readonly principal: Principal;
  /** The account that the caller acts in: where unqualified names resolve and new things are made. For a service principal the source account. */
  readonly account: AccountId;
  /** `null`: the session has none. */
  readonly sessionPolicies: readonly StoredPolicy[] | null;
  /** Context keys that come with the credentials (`aws:PrincipalTag/...`, `aws:TokenIssueTime`, a service principal's `aws:SourceAccount`). */
  readonly context: ContextEntries;
  /** Set when an AWS service calls with the caller's credentials (S3 calling KMS): `kms:ViaService` and its kin follow. */
  readonly forwardedBy: { readonly service: string; readonly region: string } | null;
  /** As in `userid`: `AIDA...`, `AROA...:session`, the account ID for root, `null` for services and strangers. */
  readonly userId: string | null;
  readonly accessKeyId: string | null;
}

/** One permission that a request needs: an entry of what the policy engine is asked. */
export interface Permission {
  readonly action: string;
  /** ARN, or `*` where the action names no resource. */
  readonly resource: string;
  /** The account that owns the resource; the caller's for `*`. */
  readonly resourceAccount: AccountId;
  /** Region of the resource, for `aws:RequestedRegion`; the request's unless given. */
  readonly resourceRegion?: string;
  /** The condition keys of the service that this request populates. A key not listed is absent. */
  readonly context?: ContextEntries;
  /** The policy on the resource; `null`: it has none; absent: this kind of resource has no policies. */
  readonly resourcePolicy?: StoredPolicy | null;
  readonly grants?: readonly GrantInput[];
}

/** A refusal, as the service's own error table needs it. `because` is AWS's half sentence, e.g. `with an explicit deny in a service control policy`. */
export interface Denial {
  readonly permission: Permission;
  readonly caller: Caller;
  /** What AWS prints after `User: `. */
  readonly callerName: string;
  readonly decision: Decision;
  readonly because: string;
  readonly isSameAccount: boolean;
  readonly isSameOrganization: boolean;
}

/** Time and chance, handed in: no service reads a clock or a random source by itself. */
export interface World {
  /** The server's clock, which `POST /_sealpost/clock` may have moved. Milliseconds since the epoch. */
  nowMillis(): number;
  /** A random version-4 UUID. */
  newUuid(): string;
  /** `length` random characters of `alphabet`. */
  newToken(length: number, alphabet: string): string;
  randomBytes(length: number): Uint8Array;
}

/** A request body that streams. Reading it to the end verifies length, payload hash and chunk signatures; it throws an `AwsError` where they do not hold. */
export interface Payload {
  readonly stream: AsyncIterable<Uint8Array>;
  /** Decoded length in bytes, `null` if the client did not say. */
  readonly contentBytes: number | null;
  /** Trailing headers in lower case; known only after the stream has ended. */
  trailers(): Readonly<Record<string, string>>;
  /** Names that the client announced in `x-amz-trailer`, in lower case. */
  readonly announcedTrailers: readonly string[];
}

export interface OperationContext<Ports> extends World {
  readonly ports: Ports;
  readonly caller: Caller;
  /** The Region of the endpoint, from the credential scope. */
  readonly region: string;
  readonly partition: string;
  readonly requestId: string;
  /** The body of an operation whose input streams; `null` for all others. */
  readonly payload: Payload | null;
  /** Asks the policy engine for one more permission; the decision is audited like the declared ones. For answers that depend on it (a missing object is 404 only to who may list). */
  decide(permission: Permission): Promise<Decision>;
  readonly signal: AbortSignal;
}

export interface Operation<Input, Output, Ports, Resources = unknown> {
  /** AWS's name, as in the SDK: `PutDeliveryChannel`. */
  readonly name: string;
  /** Faults of the input beyond its shape, in AWS's words; throws the service's own error for the first. */
  validate?(input: Input): void;
  /** Finds what the request names (a key ID becomes the key) before authorising. May throw the service's "not found". */
  resolve(input: Input, context: OperationContext<Ports>): Promise<Resources>;
  /** What the caller must be allowed to do. All must be allowed; the first refusal is reported. */
  readonly authorization:
    | ((input: Input, resources: Resources, context: OperationContext<Ports>) => readonly Permission[])
    | { readonly none: string };
  operate(input: Input, resources: Resources, context: OperationContext<Ports>): Promise<Output>;
  /** What it is about, where it is only there to be refused to everybody: `aggregators`. */
  readonly unavailable?: string;
  /** Answers who signs nothing, too, where links in messages lead to it; its permissions say what they may. */
  readonly isOpenToStrangers?: true;
  /** HTTP status where it is not the schema's (206 for a range). */
  statusOf?(output: Output): number;
}

/** How a client's request came, for services with condition keys about that. */
export interface RequestArrival {
  /** `null`: anonymous. */
  readonly signature: {
    readonly by: 'header' | 'query';
    readonly algorithm: string;
    /** Since it was signed, by the machine's clock. */
    readonly ageMillis: number;
  } | null;
  /** The header `x-amz-content-sha256`; `null`: not sent. */
  readonly payloadHash: string | null;
  /** `1.3`. */
  readonly tlsVersion: string;
}

/** One service: its operations by name and what its refusals look like. */
export interface Service<Ports> {
  /** Name in the credential scope: `config`, `kms`, `s3`, `iam`, `sts`, `sns`. */
  readonly name: string;
  readonly operations: Readonly<Record<string, AnyOperation<Ports>>>;
  denied(denial: Denial): AwsError;
  /** The condition keys that every request to this service has from the way it came; `null`: it came from inside. */
  arrivalContext?(arrival: RequestArrival | null): ContextEntries;
}

// Inputs and outputs differ from operation to operation; the registry forgets them, the schema checks them at the door.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyOperation<Ports> = Operation<any, any, Ports, any>;

/** Ties an operation's types together; returns it unchanged. */
export function operation<Input, Output, Ports, Resources>(
  declaration: Operation<Input, Output, Ports, Resources>,
): Operation<Input, Output, Ports, Resources> {
  return declaration;
}
