/**
 * What an HTTP endpoint is sent: the members of a message, the text that is signed, and the whole body.
 * spec: SNS-HTTP-1, SNS-HTTP-2, SNS-SIGN-1
 */
import type { MessageType } from './ports.ts';

export type SignatureVersion = '1' | '2';

/** A body without signature, as it waits to be sent. */
export interface UnsignedMessage {
  readonly signatureVersion: SignatureVersion;
  /** In the order in which AWS writes them. */
  readonly members: Readonly<Record<string, unknown>> & { readonly Type: MessageType };
}

export interface NotificationFacts {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly subject: string | null;
  readonly message: string;
  readonly publishedAtMillis: number;
  /** By name, as they were published. */
  readonly attributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

export function notificationMessage(
  facts: NotificationFacts,
  signatureVersion: SignatureVersion,
  ownUrl: string,
): UnsignedMessage {
  const hasAttributes = Object.keys(facts.attributes).length > 0;
  return {
    signatureVersion,
    members: {
      Type: 'Notification',
      MessageId: facts.messageId,
      TopicArn: facts.topicArn,
      ...(facts.subject === null ? {} : { Subject: facts.subject }),
      Message: facts.message,
      Timestamp: new Date(facts.publishedAtMillis).toISOString(),
      UnsubscribeURL: `${ownUrl}/?Action=Unsubscribe&SubscriptionArn=${facts.subscriptionArn}`,
      ...(hasAttributes ? { MessageAttributes: facts.attributes } : {}),
    },
  };
}

export interface ConfirmationFacts {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly token: string;
  readonly atMillis: number;
}

/** Asks the endpoint whether it wants a subscription, or tells it that it has lost one. */
export function confirmationMessage(
  type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation',
  { messageId, topicArn, subscriptionArn, token, atMillis }: ConfirmationFacts,
  signatureVersion: SignatureVersion,
  ownUrl: string,
): UnsignedMessage {
  return {
    signatureVersion,
    members: {
      Type: type,
      MessageId: messageId,
      Token: token,
      TopicArn: topicArn,
      Message:
        type === 'SubscriptionConfirmation'
          ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
          : `You have chosen to deactivate subscription ${subscriptionArn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${ownUrl}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
      Timestamp: new Date(atMillis).toISOString(),
    },
  };
}

/** The members that are signed: those of the list that are there, each name and value on a line of its own. */
export function textToSign({ members }: UnsignedMessage): string {
  const names =
    members.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  return names
    .filter((name) => members[name] !== undefined)
    .map((name) => `${name}\n${String(members[name])}\n`)
    .join('');
}

/** The body, with the signature where AWS has it. */
export function signedBody(
  { signatureVersion, members }: UnsignedMessage,
  { signature, certificateUrl }: { readonly signature: string; readonly certificateUrl: string },
): string {
  const { UnsubscribeURL, MessageAttributes, ...first } = members;
  return JSON.stringify(
    {
      ...first,
      SignatureVersion: signatureVersion,
      Signature: signature,
      SigningCertURL: certificateUrl,
      ...(UnsubscribeURL === undefined ? {} : { UnsubscribeURL }),
      ...(MessageAttributes === undefined ? {} : { MessageAttributes }),
    },
    null,
    2,
  );
}
