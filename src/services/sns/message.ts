/** What may be published. */
import { snsErrors } from './errors.ts';

/** 256 KiB, in UTF-8. spec: SNS-PUBLISH-2 */
export const messageMaxBytes = 262_144;

export interface MessageInput {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, AttributeInput>> | undefined;
}

export interface AttributeInput {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** Attributes as messages carry them: binary values in base64. */
export type TypedAttributes = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;

/** @throws InvalidParameter, ParameterValueInvalid. spec: SNS-PUBLISH-2, SNS-PUBLISH-4 */
export function assertMessage(input: MessageInput): void {
  const { Message, Subject, MessageStructure, MessageAttributes = {} } = input;
  if (Message === undefined || Message === '') throw snsErrors.invalidParameter({ what: 'Empty message' });
  for (const [name, attribute] of Object.entries(MessageAttributes)) assertAttribute(name, attribute);
  if (messageBytes(input) > messageMaxBytes) throw snsErrors.invalidParameter({ what: 'Message too long' });
  if (Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(Subject))
    throw snsErrors.invalidParameter({ what: 'Subject' });
  if (MessageStructure === 'json') assertStructure(Message);
}

/** Names, types and values of attributes count as the message does. */
export function messageBytes({ Message = '', MessageAttributes = {} }: MessageInput): number {
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    Buffer.byteLength(Message),
  );
}

function assertAttribute(name: string, { DataType = '', StringValue, BinaryValue }: AttributeInput): void {
  const [type = ''] = DataType.split('.');
  if (!['String', 'Number', 'Binary'].includes(type))
    throw snsErrors.attributeInvalid({
      message: `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    });
  const value = type === 'Binary' ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0)
    throw snsErrors.attributeInvalid({
      message: `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    });
  if (type === 'Number' && (StringValue?.trim() === '' || Number.isNaN(Number(StringValue))))
    throw snsErrors.attributeInvalid({
      message: `Could not cast message attribute '${name}' value to number.`,
    });
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

/** The text that goes out by a protocol: of a structured message its own, else the default. */
export function messageText({ Message = '', MessageStructure }: MessageInput, protocol: string): string {
  if (MessageStructure !== 'json') return Message;
  const value: unknown = JSON.parse(Message);
  if (typeof value !== 'object' || value === null) return Message;
  const texts = value as Readonly<Record<string, unknown>>;
  const text = Object.hasOwn(texts, protocol) ? texts[protocol] : texts['default'];
  return typeof text === 'string' ? text : JSON.stringify(text);
}

export function typedAttributes({ MessageAttributes = {} }: MessageInput): TypedAttributes {
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { DataType = '', StringValue, BinaryValue }]) => [
      name,
      {
        Type: DataType,
        Value: BinaryValue === undefined ? (StringValue ?? '') : Buffer.from(BinaryValue).toString('base64'),
      },
    ]),
  );
}
