/** HTTP as the protocols see it: bytes as they came, names in lower case. No socket and no server in here. */

/** Headers by lower-case name; several of one name are joined by a comma. Each character is one byte as received. */
export type Headers = ReadonlyMap<string, string>;

export interface HttpHead {
  readonly method: string;
  /** As received, not decoded and not normalised: S3 keys hold `//` and `..`. */
  readonly path: string;
  /** As received, without the question mark. */
  readonly query: string;
  readonly headers: Headers;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

/** Headers out of Node's flat list of names and values. */
export function headersOf(rawHeaders: readonly string[]): Headers {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    const value = rawHeaders[i + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

/** Path and query of a request target. Absolute forms (`GET http://host/path`) lose their scheme and host. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const local = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  return mark === -1
    ? { path: local || '/', query: '' }
    : { path: local.slice(0, mark) || '/', query: local.slice(mark + 1) };
}

/** The text of a header whose bytes are UTF-8; bytes that are not stand for themselves. */
export function headerText(value: string): string {
  // The usual header is ASCII: nothing to decode.
  if (/^[\t\x20-\x7e]*$/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
