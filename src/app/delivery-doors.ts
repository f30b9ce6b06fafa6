/** The worker's doors: STS, S3 and SNS of this server, entered like any client's requests, as AWS Config enters AWS's. */
import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import { parseAccountId } from '../aws/account-id.ts';
import { configServicePrincipal, sourceArn } from '../delivery/plan.ts';
import type { Answer, BucketDoors, Doors, ObjectToPut, Source } from '../delivery/worker/ports.ts';
import { present } from '../policy/context.ts';
import type { Invoke } from '../server/invoke.ts';
import type { AccountPolicies, Credentials } from '../server/ports.ts';
import { AwsError } from '../services/aws-error.ts';
import type { Caller, ContextEntries, Payload } from '../services/operation.ts';

export interface DoorParts {
  readonly invoke: Invoke;
  readonly credentials: Credentials;
  /** The Region of a bucket; AWS Config asks the bucket where it is. `null`: there is no such bucket. */
  bucketRegion(name: string): Promise<string | null>;
  organizationOf(account: string): Promise<AccountPolicies['organization']>;
}

export function deliveryDoors(parts: DoorParts): Doors {
  return {
    async assumeRole(source, roleArn, sessionName) {
      const input = { RoleArn: roleArn, RoleSessionName: sessionName };
      const caller = await servicePrincipal(source, parts);
      try {
        const { output } = await parts.invoke('sts', 'AssumeRole', input, { caller, region: source.region });
        // The operation's own output type: the inside door forgets it.
        const accessKeyId = (output as AssumeRoleResponse).Credentials?.AccessKeyId ?? '';
        const session = await parts.credentials.find(accessKeyId);
        if (session === null) throw new Error('a session that was just made is not there');
        const acting = ofUncertainName(session.caller);
        return bucketDoors(() => Promise.resolve(acting), source, parts);
      } catch (error) {
        return refusalOf(error);
      }
    },
    asServicePrincipal: (source) => bucketDoors(() => servicePrincipal(source, parts), source, parts),
  };
}

/** AWS Config itself, on behalf of this account and Region. spec: DLV-CTX-1, DLV-CTX-2 */
async function servicePrincipal(source: Source, parts: DoorParts): Promise<Caller> {
  const account = parseAccountId(source.account);
  if (account === null) throw new TypeError(`${source.account} is no account ID`);
  const organization = await parts.organizationOf(account);
  const ofOrganization: ContextEntries =
    organization === null
      ? []
      : [
          ['aws:SourceOrgID', present(organization.id)],
          ['aws:SourceOrgPaths', { state: 'present', values: [organization.path], multivalued: true }],
        ];
  return {
    principal: { kind: 'service', name: configServicePrincipal },
    account,
    sessionPolicies: null,
    context: [
      ['aws:SourceAccount', present(account)],
      ['aws:SourceArn', present(sourceArn(source))],
      ...ofOrganization,
    ],
    forwardedBy: null,
    userId: null,
    accessKeyId: null,
  };
}

/**
 * What AWS calls the session is seen, not promised: a policy that names it decides nothing here, as in `check`.
 * spec: DLV-SESSION-1
 */
function ofUncertainName(caller: Caller): Caller {
  const { principal } = caller;
  if (principal.kind !== 'role-session') throw new Error('a session that was just assumed is no session');
  return { ...caller, principal: { ...principal, isSessionNameUncertain: true }, userId: null };
}

function bucketDoors(callerOf: () => Promise<Caller>, source: Source, parts: DoorParts): BucketDoors {
  const ask = async (
    operation: string,
    bucket: string,
    input: object,
    payload?: Payload,
  ): Promise<Answer> => {
    const region = (await parts.bucketRegion(bucket)) ?? source.region;
    const options = { caller: await callerOf(), region, ...(payload === undefined ? {} : { payload }) };
    try {
      await parts.invoke('s3', operation, { Bucket: bucket, ...input }, options);
      return { outcome: 'done' };
    } catch (error) {
      return refusalOf(error);
    }
  };
  return {
    headBucket: (bucket) => ask('HeadBucket', bucket, {}),
    getBucketAcl: (bucket) => ask('GetBucketAcl', bucket, {}),
    async publish({ topicArn, subject, message }) {
      // AWS Config asks its own Region's SNS, which knows no topic of another. spec: DLV-TOPIC-1
      const { region } = source;
      const input = { TopicArn: topicArn, Subject: subject, Message: message };
      try {
        await parts.invoke('sns', 'Publish', input, { caller: await callerOf(), region });
        return { outcome: 'done' };
      } catch (error) {
        return refusalOf(error);
      }
    },
    // In one request, however long: parts would not carry the header that bucket policies ask for. spec: CFG-DELIVERY-5
    putObject: (object) => ask('PutObject', object.bucket, putObjectInput(object), payloadOf(object.content)),
  };
}

function putObjectInput({ key, content, s3KmsKeyArn, encoding }: ObjectToPut): object {
  return {
    Key: key,
    ACL: 'bucket-owner-full-control',
    ContentLength: content.contentBytes,
    ...(encoding === null
      ? {}
      : { ContentType: encoding.contentType, ContentEncoding: encoding.contentEncoding }),
    ...(s3KmsKeyArn === null ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: s3KmsKeyArn }),
  };
}

function payloadOf(content: ObjectToPut['content']): Payload {
  return {
    stream: content.read(),
    contentBytes: content.contentBytes,
    trailers: () => ({}),
    announcedTrailers: [],
  };
}

/** @throws what is no refusal: nobody can say whether the request took effect */
function refusalOf(error: unknown): Extract<Answer, { outcome: 'refused' }> {
  if (!(error instanceof AwsError) || error.status >= 500) throw error;
  return { outcome: 'refused', status: error.status, code: error.code, message: error.message };
}
