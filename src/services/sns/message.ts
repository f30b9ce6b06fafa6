/** What may be published. */
import { snsErrors } from './errors.ts';

/** 256 KiB, in UTF-8. spec: SNS-PUBLISH-2 */
export const messageMaxBytes = 262_144;

export interface MessageInput {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?:
    Readonly<Record<string, { readonly StringValue?: string | undefined }>> | undefined;
}

/** @throws InvalidParameter. spec: SNS-PUBLISH-2 */
export function assertMessage({ Message, Subject, MessageStructure }: MessageInput): void {
  if (Message === undefined || Message === '') throw snsErrors.invalidParameter({ what: 'Empty message' });
  if (Buffer.byteLength(Message) > messageMaxBytes)
    throw snsErrors.invalidParameter({ what: 'Message too long' });
  if (Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(Subject))
    throw snsErrors.invalidParameter({ what: 'Subject' });
  if (MessageStructure === 'json') assertStructure(Message);
}

function assertStructure(text: string): void {
  const what = 'Message Structure - ';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw snsErrors.invalidParameter({ what: `${what}JSON message body failed to parse` });
  }
  if (typeof value !== 'object' || value === null || !('default' in value))
    throw snsErrors.invalidParameter({ what: `${what}No default entry in JSON message body` });
}

/** The text that goes out: of a structured message the default. */
export function messageText({ Message = '', MessageStructure }: MessageInput): string {
  if (MessageStructure !== 'json') return Message;
  const value: unknown = JSON.parse(Message);
  return typeof value === 'object' && value !== null && 'default' in value ? String(value.default) : Message;
}

export function attributeTexts({ MessageAttributes = {} }: MessageInput): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
  );
}
