import type { ServiceAuthorization } from '../aws/service-authorization.ts';
import type { PolicyType } from '../policy/compile.ts';
import type { PolicySource } from '../policy/decision.ts';
import type { FindingFix, Severity } from './finding.ts';
import type { PolicyView } from './policy-view.ts';

/**
 * One rule about policies: one file in `rules/`, one line in `rules.ts`. Its examples are its first tests and its
 * documentation. A rule is pure and never throws, whatever the policy holds; it reports one fault once.
 */
export interface LintRule {
  /** Kebab-case noun for the fault; the file's name. */
  readonly code: string;
  /** The code of the same check in IAM Access Analyzer, where it has one. */
  readonly issueCode?: string;
  readonly severity: Severity;
  /** The fault, one clause, lower case, no full stop. */
  readonly title: string;
  /** What happens at AWS because of it: a sentence or two. */
  readonly why: string;
  /** The page of AWS that says so. */
  readonly url: string;
  /** Kinds of policy that it is about; absent: all. */
  readonly types?: readonly PolicyType[];
  readonly examples: { readonly wrong: readonly LintExample[]; readonly right: readonly LintExample[] };
  /** Each fault that the policy has. No order promised. */
  check(context: LintContext): Iterable<RuleFinding>;
}

/** A policy, or the statements of one, that shows a fault (or that it is gone). */
export interface LintExample {
  readonly type: PolicyType;
  /** A whole policy; a list stands for the statements of a policy of version 2012-10-17. */
  readonly policy: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
  readonly facts?: DeliveryFacts;
  /** For a wrong example: the pointer of each fault, in the order of the policy. */
  readonly at?: readonly string[];
}

export interface RuleFinding {
  /** The smallest node that shows the fault, relative to the policy. */
  readonly pointer: string;
  /** One sentence without full stop; the user's text in backticks. */
  readonly message: string;
  readonly next?: string;
  /** Where this fault is graver or milder than the rule's. */
  readonly severity?: Severity;
  readonly fix?: FindingFix;
}

export interface LintContext {
  readonly policy: PolicyView;
  readonly type: PolicyType;
  readonly source: PolicySource;
  /** The policy's text as the user wrote it, where it is at hand: for limits of size. */
  readonly text: string | null;
  readonly facts: DeliveryFacts;
  readonly authorization: ServiceAuthorization;
}

/** What is known of the delivery that the policy is for. A missing member is not known; `null`: known, there is none. */
export interface DeliveryFacts {
  readonly recorderAccount?: string;
  readonly recorderRegion?: string;
  /** The recorder's role. */
  readonly roleArn?: string;
  readonly bucketName?: string;
  readonly bucketRegion?: string;
  readonly bucketAccount?: string;
  readonly prefix?: string | null;
  /** The key that decides for the bucket's objects. */
  readonly keyArn?: string | null;
  /** True where the channel names the key, so that AWS Config sends the encryption headers. */
  readonly isKeyNamedByChannel?: boolean;
  readonly bucketKeyEnabled?: boolean;
  readonly topicArn?: string | null;
  readonly organizationId?: string | null;
}
