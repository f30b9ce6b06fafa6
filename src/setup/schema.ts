/**
 * The setup document and the evaluation request, as schemas: types, validation and the published JSON Schema come
 * from here. `null` means "known: there is none"; a missing member means "not given" (spec: SETUP-NULL-1).
 */
import * as z from 'zod/mini';

// One document is validated in a process: compiling a validator by `new Function` costs more than it saves, and a
// browser's content security policy may forbid it.
z.config({ jitless: true });

const policyObject = z.looseObject({}).check(z.describe('A policy document: an object with a Statement'));

const policyOrPath = z
  .union([policyObject, z.string().check(z.minLength(1))])
  .check(z.describe('A policy document, or the path of a file that holds it, relative to this file'));

const accountId = z
  .string()
  .check(
    z.regex(/^\d{12}$/, { error: 'account-id' }),
    z.describe('The twelve digits of an AWS account ID, in quotes'),
  );
const regionCode = z
  .string()
  .check(
    z.regex(/^[a-z]{2}(?:-[a-z]+)+-\d+$/, { error: 'region' }),
    z.describe('An AWS Region such as us-east-1'),
  );
const bucketName = z
  .string()
  .check(
    z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/, { error: 'bucket-name' }),
    z.describe("The bucket's name, not its ARN"),
  );
const roleArn = z.string().check(z.regex(/^arn:[a-z0-9-]+:iam::\d{12}:role\/[^\s]+$/, { error: 'role-arn' }));
const userArn = z.string().check(z.regex(/^arn:[a-z0-9-]+:iam::\d{12}:user\/[^\s]+$/, { error: 'user-arn' }));
const keyArn = z
  .string()
  .check(z.regex(/^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:key\/[^\s/]+$/, { error: 'key-arn' }));
const topicArn = z
  .string()
  .check(z.regex(/^arn:[a-z0-9-]+:sns:[a-z0-9-]+:\d{12}:[^\s:]+$/, { error: 'topic-arn' }));
const anyArn = z.string().check(z.regex(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/, { error: 'arn' }));
const nonEmpty = z.string().check(z.minLength(1, { error: 'empty' }));
const stringMap = z.record(z.string(), z.string());

const identityMembers = <Policy extends z.ZodMiniType>(policy: Policy) => ({
  policies: z.optional(
    z.nullable(z.array(z.strictObject({ name: z.optional(z.string()), document: policy }))),
  ),
  managedPolicies: z.optional(
    z.nullable(
      z.array(
        z.strictObject({
          arn: anyArn,
          document: z
            .optional(policy)
            .check(z.describe("The content, where it is a customer's; what AWS publishes is known")),
        }),
      ),
    ),
  ),
  permissionsBoundary: z
    .optional(z.nullable(z.union([policy, z.string().check(z.minLength(1))])))
    .check(z.describe('A policy, or the ARN of a managed policy')),
});

const setupOf = <Policy extends z.ZodMiniType>(policy: Policy) =>
  z.strictObject({
    $schema: z.optional(z.string()),
    complete: z
      .optional(z.boolean())
      .check(z.describe('true: what the document does not hold does not exist')),
    organization: z.optional(
      z.nullable(
        z.strictObject({
          id: nonEmpty,
          managementAccount: z.optional(accountId),
          accounts: z.optional(
            z.array(
              z.strictObject({
                id: accountId,
                path: z.optional(nonEmpty),
                serviceControlPolicies: z
                  .optional(z.array(z.array(policy)))
                  .check(z.describe('A list for each level from root to account; []: SCPs are off')),
                resourceControlPolicies: z
                  .optional(z.array(z.array(policy)))
                  .check(z.describe('A list for each level from root to account')),
              }),
            ),
          ),
        }),
      ),
    ),
    recorder: z.optional(
      z.nullable(
        z.strictObject({
          name: z.optional(z.string()),
          account: accountId,
          region: regionCode,
          roleARN: roleArn,
        }),
      ),
    ),
    deliveryChannel: z.optional(
      z.nullable(
        z.strictObject({
          name: z.optional(z.string()),
          s3BucketName: bucketName,
          s3KeyPrefix: z.optional(z.nullable(z.string())),
          s3KmsKeyArn: z.optional(z.nullable(nonEmpty)),
          snsTopicARN: z.optional(z.nullable(topicArn)),
        }),
      ),
    ),
    roles: z.optional(
      z.array(z.strictObject({ arn: roleArn, trustPolicy: z.optional(policy), ...identityMembers(policy) })),
    ),
    buckets: z.optional(
      z.array(
        z.strictObject({
          name: bucketName,
          account: z.optional(accountId),
          region: z.optional(regionCode),
          policy: z.optional(z.nullable(policy)),
          encryption: z.optional(
            z.nullable(
              z.strictObject({
                sseAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
                kmsMasterKeyID: z.optional(z.nullable(nonEmpty)),
                bucketKeyEnabled: z.optional(z.boolean()),
              }),
            ),
          ),
          objectOwnership: z.optional(
            z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']),
          ),
          objectLock: z.optional(z.nullable(z.strictObject({ defaultRetention: z.boolean() }))),
          publicAccessBlock: z.optional(
            z.nullable(
              z.strictObject({
                blockPublicAcls: z.optional(z.boolean()),
                ignorePublicAcls: z.optional(z.boolean()),
                blockPublicPolicy: z.optional(z.boolean()),
                restrictPublicBuckets: z.optional(z.boolean()),
              }),
            ),
          ),
        }),
      ),
    ),
    keys: z.optional(
      z.array(
        z.strictObject({
          arn: keyArn,
          policy: z.optional(policy),
          keyState: z.optional(
            z.enum([
              'Creating',
              'Enabled',
              'Disabled',
              'PendingDeletion',
              'PendingImport',
              'PendingReplicaDeletion',
              'Unavailable',
              'Updating',
            ]),
          ),
          aliases: z.optional(
            z.array(z.string().check(z.regex(/^alias\/[A-Za-z0-9/_-]+$/, { error: 'alias-name' }))),
          ),
          grants: z.optional(
            z.array(
              z.strictObject({
                grantId: z.optional(nonEmpty),
                granteePrincipal: z
                  .optional(nonEmpty)
                  .check(z.describe('Who may use the grant; where it is not given, it may be anybody')),
                operations: z.array(nonEmpty),
                retiringPrincipal: z.optional(z.nullable(nonEmpty)),
                constraints: z.optional(
                  z.nullable(
                    z.strictObject({
                      encryptionContextSubset: z.optional(z.nullable(stringMap)),
                      encryptionContextEquals: z.optional(z.nullable(stringMap)),
                    }),
                  ),
                ),
              }),
            ),
          ),
        }),
      ),
    ),
    topics: z.optional(
      z.array(
        z.strictObject({
          arn: topicArn,
          policy: z.optional(z.nullable(policy)),
          kmsMasterKeyId: z.optional(z.nullable(nonEmpty)),
        }),
      ),
    ),
    users: z.optional(z.array(z.strictObject({ arn: userArn, ...identityMembers(policy) }))),
    resources: z.optional(
      z.array(
        z.strictObject({
          arn: anyArn,
          account: z.optional(accountId),
          policy: z.optional(z.nullable(policy)),
        }),
      ),
    ),
  });

/** A setup whose policies are objects: what the library takes, and what is left of a file when its paths are read. */
export const setupSchema = setupOf(policyObject);

/** A setup as it stands in a file, for editors: each policy an object or a path. Built when it is published. */
export const setupFileSchema = () => setupOf(policyOrPath);

const contextScalar = z.union([z.string(), z.boolean(), z.number()]);

/** One request, as `sealpost evaluate` takes it. */
export const evaluationRequestSchema = z.strictObject({
  principal: z
    .union([nonEmpty, z.strictObject({ service: nonEmpty }), z.strictObject({ federated: nonEmpty })])
    .check(
      z.describe(
        'The ARN of a user, role, role session or account root, "anonymous", or { "service": "..." }',
      ),
    ),
  action: z.string().check(z.regex(/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/, { error: 'action' })),
  resource: z.union([z.literal('*'), anyArn]),
  context: z.optional(
    z.record(z.string().check(z.minLength(1)), z.nullable(z.union([contextScalar, z.array(contextScalar)]))),
  ),
  contextIsComplete: z.optional(z.boolean()),
  resourceAccount: z.optional(accountId),
  sessionPolicies: z.optional(z.nullable(z.array(policyObject))),
  vpcEndpointPolicy: z.optional(z.nullable(policyObject)),
  grantTokens: z.optional(z.array(z.string())),
});

export type PolicyDocument = Readonly<Record<string, unknown>>;

/** A setup document. The one string that may stand for a policy is a `permissionsBoundary` that is an ARN. */
export type Setup = DeepReadonly<z.infer<typeof setupSchema>>;
export type Organization = NonNullable<Setup['organization']>;
export type OrganizationAccount = NonNullable<Organization['accounts']>[number];
export type Recorder = NonNullable<Setup['recorder']>;
export type DeliveryChannel = NonNullable<Setup['deliveryChannel']>;
export type RoleEntry = NonNullable<Setup['roles']>[number];
export type UserEntry = NonNullable<Setup['users']>[number];
export type BucketEntry = NonNullable<Setup['buckets']>[number];
export type KeyEntry = NonNullable<Setup['keys']>[number];
export type TopicEntry = NonNullable<Setup['topics']>[number];
export type ResourceEntry = NonNullable<Setup['resources']>[number];
export type EvaluationRequest = DeepReadonly<z.infer<typeof evaluationRequestSchema>>;

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
