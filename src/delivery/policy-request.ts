/** What a user of the library asks generated policies for, with AWS's names and without what follows from them. */
import { parseArn } from '../aws/arn.ts';
import { generatePolicies, type GeneratedPolicies } from './policies.ts';
import { literalForms, wrongLiteral, type LiteralName } from './literal-forms.ts';
import type { Identity } from './plan.ts';

export interface PolicyRequest {
  /** As whom AWS Config is to deliver; the service principal unless given. */
  readonly for?: Identity | 'both';
  /** The accounts that have recorders; may be left out where `organization` is given. */
  readonly account?: string | readonly string[];
  /** The Regions that have recorders; all unless given. */
  readonly region?: string | readonly string[];
  /** The channel's `s3BucketName`. */
  readonly bucket?: string;
  /** The bucket's account; the key's unless given. */
  readonly bucketAccount?: string;
  /** Whether the bucket's object ownership leaves ACLs in force. */
  readonly areAclsEnabled?: boolean;
  /** The channel's `s3KeyPrefix`. */
  readonly prefix?: string | null;
  /** The ARN of the key that encrypts the bucket. */
  readonly key?: string;
  /** The channel's `snsTopicARN`. */
  readonly topic?: string;
  /** The ID of the organization whose recorders are let in. */
  readonly organization?: string;
  /** The recorder's role: its ARN, or its name (with its path) in each account. */
  readonly role?: string;
}

/**
 * @throws {TypeError} the request names nobody to let in, or a role's policies without the role, or holds a wildcard or a
 *   policy variable, which would let in more than it names
 */
export function requestedPolicies(request: PolicyRequest): GeneratedPolicies {
  const identity = request.for ?? 'service-principal';
  const accounts = listOf(request.account);
  if (accounts.length === 0 && request.organization === undefined)
    throw new TypeError(
      'generatePolicies needs an account or an organization: else it would let in everybody',
    );
  if (identity !== 'service-principal' && request.role === undefined)
    throw new TypeError(`generatePolicies for \`${identity}\` needs the recorder's role`);
  const regions = listOf(request.region);
  for (const name of Object.keys(literalForms) as LiteralName[]) assertLiteral(name, listOf(request[name]));
  return generatePolicies({
    for: identity,
    accounts,
    regions,
    bucketName: request.bucket ?? null,
    bucketAccount: request.bucketAccount ?? null,
    areAclsEnabled: request.areAclsEnabled ?? false,
    prefix: request.prefix ?? null,
    keyArn: request.key ?? null,
    topicArn: request.topic ?? null,
    organizationId: request.organization ?? null,
    role: request.role ?? null,
    partition:
      parseArn(request.key ?? request.topic ?? request.role ?? '')?.partition ?? partitionOf(regions),
  });
}

function assertLiteral(name: LiteralName, values: readonly string[]): void {
  const wrong = wrongLiteral(name, values);
  if (wrong !== null)
    throw new TypeError(`generatePolicies: \`${name}\` is \`${wrong}\`; write ${literalForms[name].what}`);
}

/** Of a Region's name: `aws` where there is none. */
export function partitionOf([region = '']: readonly string[]): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function listOf(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value == null) return [];
  return typeof value === 'string' ? [value] : value;
}
