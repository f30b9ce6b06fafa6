/**
 * The notification phase: a message to the channel's topic, as the role, then as the service principal.
 * spec: CFG-NOTIFY-1
 */
import { deliveryPlan, identities, sessionName, type Identity } from '../plan.ts';
import type { Answer, BucketDoors, ChannelFacts, Doors, MessageToPublish, NotificationEnd } from './ports.ts';

export type Notification =
  | { readonly outcome: 'allowed'; readonly identity: Identity }
  | {
      readonly outcome: 'denied';
      readonly identity: Identity;
      readonly refused: Extract<Answer, { outcome: 'refused' }>;
      /** No second attempt is made. */
      readonly isEnd: boolean;
    };

/** Publishes once; the last attempt that was made. A refusal stops no file. */
export async function notify(
  doors: Doors,
  channel: ChannelFacts,
  message: MessageToPublish,
): Promise<Notification> {
  let result: Notification | null = null;
  for (const identity of identities) {
    result = await notifyAs(identity, { doors, channel, message });
    // A role that cannot be assumed ends it. spec: DLV-FALLBACK-3
    if (result.outcome === 'allowed' || result.isEnd) return result;
  }
  if (result === null) throw new Error('the plan names no identity: this is a fault of Sealpost');
  return result;
}

/** The same, as the channel's status shows it. */
export async function notifyOnce(
  doors: Doors,
  channel: ChannelFacts,
  message: MessageToPublish,
): Promise<NotificationEnd> {
  const told = await notify(doors, channel, message);
  if (told.outcome === 'allowed') return { refusal: null };
  return { refusal: { code: told.refused.code, message: told.refused.message } };
}

/** Publishes as this identity alone. */
export async function notifyAs(
  identity: Identity,
  {
    doors,
    channel,
    message,
  }: { readonly doors: Doors; readonly channel: ChannelFacts; readonly message: MessageToPublish },
): Promise<Notification> {
  // Worker and checker take the step from one table: without the row nothing is sent.
  if (!deliveryPlan.some(({ action, as }) => action === 'sns:Publish' && as.includes(identity)))
    throw new Error(`the plan does not publish as the ${identity}: this is a fault of Sealpost`);
  const entered: BucketDoors | Answer =
    identity === 'service-principal'
      ? doors.asServicePrincipal(channel)
      : await doors.assumeRole(channel, channel.roleArn, sessionName('notification'));
  const answer = 'outcome' in entered ? entered : await entered.publish(message);
  return answer.outcome === 'refused'
    ? { outcome: 'denied', identity, refused: answer, isEnd: 'outcome' in entered }
    : { outcome: 'allowed', identity };
}
