/** The topic that a request names, and what a request on it needs. */
import { parseAccountId } from '../../aws/account-id.ts';
import { parseArn } from '../../aws/arn.ts';
import { absent, present, presentList } from '../../policy/context.ts';
import type { ContextEntries, OperationContext, Permission } from '../operation.ts';
import type { Stored } from '../records.ts';
import { snsErrors } from './errors.ts';
import { topics, type SnsPorts, type TopicRecord } from './ports.ts';

export type SnsContext = OperationContext<SnsPorts>;

/** A topic by its ARN; whether it exists is told only to who may ask. */
export interface NamedTopic {
  readonly arn: string;
  readonly stored: Stored<TopicRecord> | null;
}

/** @throws InvalidParameter no topic of this Region has such an ARN. spec: SNS-TOPIC-3 */
export async function findTopic(
  arn: string | undefined,
  context: SnsContext,
  member = 'TopicArn',
): Promise<NamedTopic> {
  if (arn === undefined || arn === '')
    throw snsErrors.invalidParameter({ what: `${member} Reason: no value for required parameter` });
  const elements = arn.split(':');
  if (elements.length < 6)
    throw snsErrors.invalidParameter({
      what: `${member} Reason: An ARN must have at least 6 elements, not ${elements.length}`,
    });
  const parsed = parseArn(arn);
  if (
    parsed?.service !== 'sns' ||
    parsed.region !== context.region ||
    parseAccountId(parsed.account) === null
  )
    throw snsErrors.invalidParameter({ what: member });
  return { arn, stored: await context.ports.records.get(topics, arn) };
}

/** Who signed nothing. */
export function isStranger({ caller }: SnsContext): boolean {
  return caller.principal.kind === 'anonymous';
}

/** Who signed nothing named no Region but that of the ARN. */
export function inRegionOf(arn: string | undefined, context: SnsContext): SnsContext {
  const region = parseArn(arn ?? '')?.region;
  return isStranger(context) && region !== undefined ? { ...context, region } : context;
}

/** @throws NotFound */
export function existing({ stored }: NamedTopic): Stored<TopicRecord> {
  if (stored === null) throw snsErrors.topicNotFound();
  return stored;
}

/** The permission for `action` on this topic, judged with its policy. spec: SNS-AUTH-1, SNS-AUTH-2 */
export function topicPermission(
  action: string,
  { arn, stored }: NamedTopic,
  context: SnsContext,
  more: ContextEntries = [],
): Permission {
  const topic = stored?.value ?? null;
  return {
    action: `sns:${action}`,
    resource: arn,
    resourceAccount: topic?.account ?? parseAccountId(parseArn(arn)?.account ?? '') ?? context.caller.account,
    resourcePolicy: topic?.policy == null ? null : { text: topic.policy, arn, label: 'the topic policy' },
    context: [...resourceTagEntries(topic?.tags ?? {}), ...more],
  };
}

/** The permission for an action that names no topic. */
export function accountPermission(action: string, context: SnsContext): Permission {
  return { action: `sns:${action}`, resource: '*', resourceAccount: context.caller.account };
}

export function requestTagEntries(tags: Readonly<Record<string, string>>): ContextEntries {
  const names = Object.keys(tags);
  return [
    ...Object.entries(tags).map(([tag, value]) => [`aws:RequestTag/${tag}`, present(value)] as const),
    ['aws:TagKeys', names.length === 0 ? absent : presentList(names)],
  ];
}

/** What a subscription asks for, as topic policies compare it. spec: SNS-AUTH-3 */
export function subscriptionEntries(protocol: string, endpoint: string): ContextEntries {
  return [
    ['sns:Protocol', present(protocol)],
    ['sns:Endpoint', present(endpoint)],
  ];
}

function resourceTagEntries(tags: Readonly<Record<string, string>>): ContextEntries {
  return Object.entries(tags).map(([tag, value]) => [`aws:ResourceTag/${tag}`, present(value)] as const);
}
