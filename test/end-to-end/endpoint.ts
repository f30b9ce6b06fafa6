/** Somebody's HTTP endpoint, and how somebody verifies what it is sent: written from AWS's page, not from our code. */
import { createVerify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Endpoint extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** What the next requests are answered; 200 when there is nothing left. */
  readonly answers: number[];
}

export async function openEndpoint(): Promise<Endpoint> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.statusCode = answers.shift() ?? 200;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/inbox`,
    received,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Envelope {
  readonly Type: string;
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly Subject?: string;
  readonly Token?: string;
  readonly SubscribeURL?: string;
  readonly UnsubscribeURL?: string;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

export function envelopeOf({ body }: Received): Envelope {
  return JSON.parse(body) as Envelope;
}

/** Whether the certificate that the message names has signed it, and stands for itself. */
export async function isGenuine(message: Envelope): Promise<boolean> {
  const pem = await (await fetch(message.SigningCertURL)).text();
  const certificate = new X509Certificate(pem);
  if (!certificate.verify(certificate.publicKey)) return false;
  let text = '';
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) text += `${name}\n${value}\n`;
  };
  add('Message', message.Message);
  add('MessageId', message.MessageId);
  if (message.Type === 'Notification') add('Subject', message.Subject);
  else add('SubscribeURL', message.SubscribeURL);
  add('Timestamp', message.Timestamp);
  if (message.Type !== 'Notification') add('Token', message.Token);
  add('TopicArn', message.TopicArn);
  add('Type', message.Type);
  return createVerify(message.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1')
    .update(text, 'utf8')
    .verify(certificate.publicKey, message.Signature, 'base64');
}
