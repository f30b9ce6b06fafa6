/** The port does not open: one sentence that says which, why and what to do. */
export class ServerNotStarted extends Error {
  override readonly name = 'ServerNotStarted';
  readonly fault: 'port-in-use' | 'address-not-here' | 'not-permitted' | 'other';
  readonly host: string;
  readonly port: number;

  constructor(at: { readonly host: string; readonly port: number }, cause: unknown) {
    const fault = faultOf(cause);
    super(sentences[fault](at, cause), { cause });
    this.fault = fault;
    this.host = at.host;
    this.port = at.port;
  }
}

function faultOf(cause: unknown): ServerNotStarted['fault'] {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') return 'port-in-use';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'address-not-here';
  return code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'other';
}

const sentences: Readonly<
  Record<
    ServerNotStarted['fault'],
    (at: { readonly host: string; readonly port: number }, cause: unknown) => string
  >
> = {
  'port-in-use': ({ host, port }) =>
    `port ${port} on ${host} is in use by another program: stop it, or choose another port with --port (0 takes any free one)`,
  'address-not-here': ({ host }) =>
    `\`${host}\` is no address of this machine: give one that is with --host, such as 127.0.0.1`,
  'not-permitted': ({ port }) => `this user may not open port ${port}: choose one from 1024 up with --port`,
  other: ({ host, port }, cause) =>
    `port ${port} on ${host} does not open (${cause instanceof Error ? cause.message : String(cause)}): choose another with --port or --host`,
};
