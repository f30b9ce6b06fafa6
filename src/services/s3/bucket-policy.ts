/**
 * What S3 looks at before it stores a bucket policy, in the order in which it reports.
 * spec: S3-POLICY-1
 */
import { parseAccountId } from '../../aws/account-id.ts';
import { carriedServiceAuthorization } from '../../aws/service-authorization.ts';
import { parsePolicy } from '../../policy/document/parse-policy.ts';
import type {
  ConditionEntry,
  PolicyDocument,
  PrincipalElement,
  Statement,
} from '../../policy/document/policy-document.ts';
import { s3Errors } from './errors.ts';
import { bucketArn } from './find-bucket.ts';
import type { BucketRecord, S3Ports } from './ports.ts';

export const policyMaxBytes = 20_480;

/** @throws MalformedPolicy, PolicyTooLarge S3 would not store this text as the policy of this bucket */
export async function assertBucketPolicy(
  text: string,
  bucket: BucketRecord,
  principals: S3Ports['principals'],
): Promise<void> {
  if (Buffer.byteLength(text) > policyMaxBytes) throw s3Errors.policyTooLarge();
  if (!text.startsWith('{')) throw s3Errors.policyFirstByte();
  const value = parseJson(text);
  assertFields(value);
  const parsed = parsePolicy(value, { type: 'bucket' });
  if (!parsed.ok) throw s3Errors.policyNotJson({}, detail(parsed.faults[0]?.message));
  await assertPrincipals(parsed.policy, bucket, principals);
  for (const statement of parsed.policy.statements) assertStatement(statement, bucket);
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw s3Errors.policyNotJson();
}

/** What the grammar would refuse, too, in S3's own words. */
function assertFields(policy: object): void {
  const members = new Map(Object.entries(policy));
  assertKnown(policy, ['Version', 'Id', 'Statement']);
  const version: unknown = members.get('Version');
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17')
    throw s3Errors.policyVersion();
  const statement: unknown = members.get('Statement');
  if (statement === undefined) throw s3Errors.policyFieldMissing({ field: 'Statement' });
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (list.length === 0) throw s3Errors.policyStatementEmpty();
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null) throw s3Errors.policyNotJson();
    assertStatementFields(entry);
  }
}

function assertStatementFields(statement: object): void {
  assertKnown(statement, [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ]);
  for (const field of ['Effect', 'Principal', 'Action', 'Resource']) {
    if (!(field in statement) && !(`Not${field}` in statement)) throw s3Errors.policyFieldMissing({ field });
  }
  const effect: unknown = 'Effect' in statement ? statement.Effect : undefined;
  if (effect !== 'Allow' && effect !== 'Deny') throw s3Errors.policyEffect({ effect: String(effect) });
}

function assertKnown(value: object, known: readonly string[]): void {
  const field = Object.keys(value).find((name) => !known.includes(name));
  if (field !== undefined) throw s3Errors.policyUnknownField({ field });
}

async function assertPrincipals(
  { statements }: PolicyDocument,
  { partition }: BucketRecord,
  principals: S3Ports['principals'],
): Promise<void> {
  for (const { principal } of statements) {
    for (const name of namedPrincipals(principal)) {
      const account = parseAccountId(name);
      const arn = account === null ? name : `arn:${partition}:iam::${account}:root`;
      if (!(await principals.exists(arn)))
        throw s3Errors.policyPrincipal({}, { Detail: `"AWS" : "${name}"` });
    }
  }
}

/** AWS principals as written, without the star. */
function namedPrincipals(principal: PrincipalElement | null): readonly string[] {
  return (principal?.entries ?? []).flatMap(({ type, text }) =>
    type === 'AWS' && text !== '*' ? [text] : [],
  );
}

type ResourceKind = 'bucket' | 'object';

function assertStatement(statement: Statement, bucket: BucketRecord): void {
  const { action, resource, conditions } = statement;
  const patterns = (action?.values ?? []).map(({ text }) => text);
  const names = patterns.flatMap((pattern) => {
    const matched = actionsOf(pattern);
    if (matched.length === 0) throw s3Errors.policyAction({}, detail(pattern));
    return [matched];
  });
  const kinds = new Set((resource?.values ?? []).flatMap(({ text }) => kindsOf(text, bucket)));
  for (const condition of conditions) assertConditionKey(condition);
  if (action?.isNegated === true || resource?.isNegated === true) return;
  for (const matched of names) {
    if (!matched.some((name) => kindsOfAction(name).some((kind) => kinds.has(kind))))
      throw s3Errors.policyActionResource();
  }
  const applicable = names.flat().filter((name) => kindsOfAction(name).some((kind) => kinds.has(kind)));
  for (const condition of conditions) assertConditionApplies(condition, applicable);
}

function actionsOf(pattern: string): readonly string[] {
  if (pattern === '*') return actionNames;
  const [service = '', name = ''] = pattern.split(':');
  if (service.toLowerCase() !== 's3' || pattern.split(':').length !== 2) return [];
  const expression = globExpression(name);
  return actionNames.filter((action) => expression.test(action));
}

const s3Details = carriedServiceAuthorization.service('s3');
const actionNames = Object.keys(s3Details?.actions ?? {});

function kindsOfAction(name: string): readonly ResourceKind[] {
  const types = s3Details?.actions[name]?.resourceTypes ?? [];
  return (['bucket', 'object'] as const).filter((kind) => types.includes(kind));
}

/** What of this bucket the ARN can match. @throws MalformedPolicy nothing, or more than this bucket */
function kindsOf(resource: string, bucket: BucketRecord): readonly ResourceKind[] {
  const arn = bucketArn(bucket);
  if (resource === arn) return ['bucket'];
  if (resource.startsWith(`${arn}/`)) return ['object'];
  if (resource === `${arn}*`) return ['bucket', 'object'];
  throw s3Errors.policyResource({}, detail(resource));
}

const operatorForm =
  /^(for(anyvalue|allvalues):)?(string(not)?(equals|equalsignorecase|like)|arn(not)?(equals|like)|numeric(not)?equals|numeric(less|greater)than(equals)?|date(not)?equals|date(less|greater)than(equals)?|bool|binaryequals|(not)?ipaddress|null)(ifexists)?$/i;

function assertConditionKey({ operator, key }: ConditionEntry): void {
  if (!operatorForm.test(operator)) throw s3Errors.policyConditionType({ operator });
  const name = key.toLowerCase();
  if (name.startsWith('aws:')) return;
  if (!name.startsWith('s3:') || !s3Keys.some((known) => keyMatches(known, name)))
    throw s3Errors.policyConditionKey({}, detail(key));
}

const s3Keys = Object.keys(s3Details?.conditionKeys ?? {}).filter((name) => name.startsWith('s3:'));

/** A key of S3's own must be one that at least one of the actions has. */
function assertConditionApplies({ key }: ConditionEntry, actions: readonly string[]): void {
  const name = key.toLowerCase();
  if (!name.startsWith('s3:')) return;
  const applies = actions.some((action) =>
    (s3Details?.actions[action]?.conditionKeys ?? []).some((known) => keyMatches(known, name)),
  );
  if (!applies) throw s3Errors.policyConditions();
}

/** `s3:ExistingObjectTag/<key>` is written with a placeholder for its last part. */
function keyMatches(known: string, name: string): boolean {
  const [fixed = ''] = known.toLowerCase().split(/[<$]/);
  return fixed.length === known.length ? name === fixed : name.startsWith(fixed);
}

function globExpression(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
}

function detail(text: string | undefined): Record<string, string> {
  return text === undefined ? {} : { Detail: text };
}
