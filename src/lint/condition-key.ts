/**
 * What is known of a condition key: its type, whether it has several values, and whether a service populates it for
 * an action. Global keys are a table here; the keys of services come with the authorization data.
 */
import type { ServiceAuthorization } from '../aws/service-authorization.ts';

export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary';

export interface ConditionKeyFacts {
  /** As AWS spells it; `${TagKey}` stands for any text. */
  readonly name: string;
  readonly type: ConditionKeyType;
  readonly isMultivalued: boolean;
}

/**
 * The facts of a key; `'no-such-key'` where the service or the global table surely has none of this name;
 * `'not-known'` where the data at hand can't tell (a service that is not loaded, a provider's own keys).
 */
export function conditionKeyFacts(
  key: string,
  authorization: ServiceAuthorization,
): ConditionKeyFacts | 'no-such-key' | 'not-known' {
  const prefix = key.slice(0, key.indexOf(':')).toLowerCase();
  if (prefix === 'aws') {
    return globalKeys.find(({ name }) => matchesKeyName(name, key)) ?? 'no-such-key';
  }
  if (!authorization.hasService(prefix) || crossServiceKeys.has(key.toLowerCase())) return 'not-known';
  const service = authorization.service(prefix);
  if (service === null) return 'not-known';
  for (const [name, type] of Object.entries(service.conditionKeys)) {
    if (matchesKeyName(name, key)) return { name, ...typeOf(type) };
  }
  return otherServicesKeys.has(key.toLowerCase()) ? 'not-known' : 'no-such-key';
}

/** Whether the key is one of those that AWS says every request or any service may carry. */
export function isGlobalKey(key: string): boolean {
  return key.toLowerCase().startsWith('aws:') || crossServiceKeys.has(key.toLowerCase());
}

/** Whether a name of the documentation (`aws:RequestTag/${TagKey}`, `s3:ExistingObjectTag/<key>`, `.../tag-key`) stands for this key. Case does not matter. */
export function matchesKeyName(name: string, key: string): boolean {
  const { head, tail } = namePartsOf(name);
  const wanted = key.toLowerCase();
  if (tail === null) return head === wanted;
  return wanted.startsWith(head) && wanted.endsWith(tail) && wanted.length > head.length + tail.length;
}

/** Around what stands for any text; `tail` is `null` where nothing does. */
interface NameParts {
  readonly head: string;
  readonly tail: string | null;
}

/** Every key of a policy is compared with every name of its service. */
const nameParts = new Map<string, NameParts>();
const namePartsMax = 5_000;

function namePartsOf(name: string): NameParts {
  const known = nameParts.get(name);
  if (known !== undefined) return known;
  const [head = '', ...rest] = name.toLowerCase().split(/\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/);
  const made = { head, tail: rest.length === 0 ? null : rest.join('') };
  if (nameParts.size >= namePartsMax) nameParts.clear();
  nameParts.set(name, made);
  return made;
}

function typeOf(type: string): Pick<ConditionKeyFacts, 'type' | 'isMultivalued'> {
  const isMultivalued = type.startsWith('ArrayOf');
  const single = type.replace('ArrayOf', '');
  switch (single) {
    case 'ARN':
    case 'Bool':
    case 'Numeric':
    case 'Date':
    case 'IPAddress':
    case 'Binary':
      return { type: single, isMultivalued };
    default:
      return { type: 'String', isMultivalued };
  }
}

// Keys of a service that requests to other services carry, as the session that makes them says where it comes from.
// spec: LINT-KEY-2
const crossServiceKeys: ReadonlySet<string> = new Set([
  'codebuild:buildarn',
  'codebuild:projectarn',
  'ec2:roledelivery',
  'ec2:sourceinstancearn',
  'glue:credentialissuingservice',
  'glue:roleassumedby',
  'identitystore:userid',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
]);

// Keys that a service documents in its own guide only.
const otherServicesKeys: ReadonlySet<string> = new Set([
  's3:resourceaccount',
  's3:versionid',
  's3:locationconstraint',
  's3:x-amz-grant-read-acp',
  'kms:granteeserviceprincipal',
  'sts:awsservicename',
  'sts:durationseconds',
  'sts:roleaccount',
  'iam:awsservicename',
]);

function globalKey(name: string, type: ConditionKeyType, isMultivalued = false): ConditionKeyFacts {
  return { name, type, isMultivalued };
}

// spec: LINT-KEY-1
const globalKeys: readonly ConditionKeyFacts[] = [
  globalKey('aws:AssumedRoot', 'Bool'),
  globalKey('aws:CalledVia', 'String', true),
  globalKey('aws:CalledViaAWSMCP', 'String'),
  globalKey('aws:CalledViaFirst', 'String'),
  globalKey('aws:CalledViaLast', 'String'),
  globalKey('aws:ChatbotSourceArn', 'ARN'),
  globalKey('aws:CurrentTime', 'Date'),
  globalKey('aws:Ec2InstanceSourcePrivateIPv4', 'IPAddress'),
  globalKey('aws:Ec2InstanceSourceVpc', 'String'),
  globalKey('aws:EpochTime', 'Date'),
  globalKey('aws:FederatedProvider', 'String'),
  globalKey('aws:IsMcpServiceAction', 'Bool'),
  globalKey('aws:MultiFactorAuthAge', 'Numeric'),
  globalKey('aws:MultiFactorAuthPresent', 'Bool'),
  globalKey('aws:PrincipalAccount', 'String'),
  globalKey('aws:PrincipalArn', 'ARN'),
  globalKey('aws:PrincipalIsAWSService', 'Bool'),
  globalKey('aws:PrincipalOrgID', 'String'),
  // On no page, and in AWS's own policy for IAM Identity Center.
  globalKey('aws:PrincipalOrgMasterAccountId', 'String'),
  globalKey('aws:PrincipalOrgPaths', 'String', true),
  globalKey('aws:PrincipalServiceName', 'String'),
  globalKey('aws:PrincipalServiceNamesList', 'String', true),
  globalKey('aws:PrincipalTag/${TagKey}', 'String'),
  globalKey('aws:PrincipalType', 'String'),
  globalKey('aws:referer', 'String'),
  globalKey('aws:RequestedRegion', 'String'),
  globalKey('aws:RequestTag/${TagKey}', 'String'),
  globalKey('aws:ResourceAccount', 'String'),
  globalKey('aws:ResourceOrgID', 'String'),
  globalKey('aws:ResourceOrgPaths', 'String', true),
  globalKey('aws:ResourceTag/${TagKey}', 'String'),
  globalKey('aws:SecureTransport', 'Bool'),
  globalKey('aws:SignInSessionArn', 'ARN'),
  globalKey('aws:SourceAccount', 'String'),
  globalKey('aws:SourceArn', 'ARN'),
  globalKey('aws:SourceIdentity', 'String'),
  globalKey('aws:SourceIp', 'IPAddress'),
  globalKey('aws:SourceOrgID', 'String'),
  globalKey('aws:SourceOrgPaths', 'String', true),
  globalKey('aws:SourceOwner', 'String'),
  globalKey('aws:SourceVpc', 'String'),
  globalKey('aws:SourceVpcArn', 'ARN'),
  globalKey('aws:SourceVpce', 'String'),
  globalKey('aws:TagKeys', 'String', true),
  globalKey('aws:TokenIssueTime', 'Date'),
  globalKey('aws:UserAgent', 'String'),
  globalKey('aws:userid', 'String'),
  globalKey('aws:username', 'String'),
  globalKey('aws:ViaAWSMCPService', 'Bool'),
  globalKey('aws:ViaAWSService', 'Bool'),
  globalKey('aws:VpceAccount', 'String'),
  globalKey('aws:VpceOrgID', 'String'),
  globalKey('aws:VpceOrgPaths', 'String', true),
  globalKey('aws:VpcSourceIp', 'IPAddress'),
];

/** The names of all global keys, to offer the nearest. */
export const globalKeyNames: readonly string[] = globalKeys.map(({ name }) => name);
