import type { HttpAnswer } from '../protocol/http-message.ts';

/** An answer of Sealpost's own endpoints. */
export function adminAnswer(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** A refusal of Sealpost's own endpoints: a sentence that says what to do. */
export function adminRefusal(status: number, message: string): HttpAnswer {
  return adminAnswer(status, { message });
}
