/**
 * Which names a request may address this server by. A web page that rebinds its own name to this machine reaches
 * nothing, because its name is none of these.
 * spec: SRV-HOST-1
 */

/** @param host the Host header as received */
export function isAllowedHost(
  host: string | undefined,
  options: { readonly boundHost: string; readonly allowedHosts: readonly string[] },
): boolean {
  if (host === undefined || !wellFormed.test(host)) return false;
  const name = hostName(host);
  if (isLoopbackName(name) || name.endsWith('.localhost')) return true;
  if (/(^|\.)amazonaws\.com(\.cn)?$/.test(name)) return true;
  const allowed = [options.boundHost, ...options.allowedHosts].map((text) => hostName(text));
  // Bound to every address, the server has no one name: any address will do, a name must be given.
  const isUnspecified = options.boundHost === '0.0.0.0' || options.boundHost === '::';
  return allowed.includes(name) || (isUnspecified && isAddress(name));
}

/** One name or address with a port or none: a list, as two Host headers make it, names nobody. */
const wellFormed = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d*)?$/i;

/** `127.0.0.1`, `localhost`, `::1`: the loopback, however it is spelt. */
export function isLoopbackName(host: string): boolean {
  const name = hostName(host);
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.includes(':');
}

/** Without port, brackets, a final dot and differences of case. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  if (bracketed) return (bracketed[1] ?? '').toLowerCase();
  const colons = host.split(':').length - 1;
  return (colons === 1 ? host.slice(0, host.indexOf(':')) : host).replace(/\.$/, '').toLowerCase();
}
