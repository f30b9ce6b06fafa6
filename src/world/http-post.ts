/** A POST to somebody's endpoint: bounded in time, following nothing, and only where it may go. */
import { lookup, type LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface HttpPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type HttpPostAnswer = { readonly status: number } | { readonly status: null; readonly why: string };

/**
 * - `any`: every address but those of the machine's own network card, where clouds keep credentials
 * - `public`: none of private networks, or of this machine, either
 */
export type Reach = 'any' | 'public';

/** So long SNS waits for an answer. */
const answerMaxMillis = 15_000;

/**
 * Never throws for what the endpoint does.
 *
 * @param closing ends it at once, as if nobody had answered
 */
export function httpPost(
  { url, headers, body }: HttpPost,
  reach: Reach,
  closing: AbortSignal = new AbortController().signal,
): Promise<HttpPostAnswer> {
  return new Promise((resolve) => {
    const failed = (why: string) => resolve({ status: null, why });
    let target: URL;
    try {
      target = new URL(url);
    } catch {
      failed('the endpoint is no address');
      return;
    }
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !mayReach(literal, reach)) {
      failed(refusalOf(literal));
      return;
    }
    try {
      const request = send(target, {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        // Judged where the name leads now: a name may lead elsewhere the next moment.
        lookup: guardedLookup(reach),
        signal: AbortSignal.any([AbortSignal.timeout(answerMaxMillis), closing]),
        agent: false,
      });
      request.once('response', (response) => {
        // What it says is nobody's business here.
        response.destroy();
        resolve({ status: response.statusCode ?? 0 });
      });
      request.once('error', (cause) => {
        failed(
          cause.name === 'AbortError' || cause.name === 'TimeoutError'
            ? 'no answer in 15 seconds'
            : cause.message,
        );
      });
      request.end(body);
    } catch (cause) {
      failed(cause instanceof Error ? cause.message : String(cause));
    }
  });
}

function guardedLookup(reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const refused = addresses.find(({ address }) => !mayReach(address, reach));
      const [first] = addresses;
      if (refused !== undefined || first === undefined)
        callback(new Error(refusalOf(refused?.address ?? hostname)), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function refusalOf(address: string): string {
  return `this server may not send to ${address}`;
}

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16);
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addSubnet('fd00:ec2::', 32, 'ipv6');

const notPublic = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(net, bits);
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['ff00::', 8],
] as const)
  notPublic.addSubnet(net, bits, 'ipv6');

/** IPv4 in the form of IPv6 is judged as IPv4. */
export function mayReach(address: string, reach: Reach): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (linkLocal.check(address, family)) return false;
  return reach === 'any' || !notPublic.check(address, family);
}
