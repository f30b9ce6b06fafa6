import type { ConditionAt, ValueAt } from './policy-view.ts';
import { containsAddress, parseIpRange, type IpRange } from '../policy/ip-range.ts';

/** Whether a condition compares with private ranges and with nothing else. */
export function hasOnlyPrivateRanges({ values }: ConditionAt): boolean {
  return values.length > 0 && values.every(isPrivate);
}

/** The private ranges among others that are public; none where all are private. */
export function privateAmongPublic({ values }: ConditionAt): readonly ValueAt[] {
  const found = values.filter(isPrivate);
  return found.length === values.length ? [] : found;
}

function isPrivate({ text }: ValueAt): boolean {
  const range = parseIpRange(text);
  return range !== null && isPrivateRange(range);
}

/** Whether the whole range lies in addresses that are not routed on the internet (RFC 1918, loopback, link-local, RFC 4193). */
function isPrivateRange(range: IpRange): boolean {
  return privateRanges.some((outer) => range.prefixBits >= outer.prefixBits && containsAddress(outer, range));
}

const privateRanges: readonly IpRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1',
].flatMap((text) => parseIpRange(text) ?? []);
