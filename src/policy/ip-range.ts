/** IP addresses and ranges in CIDR form, both versions. spec: IAM-COND-8 */
export interface IpRange {
  readonly version: 4 | 6;
  /** 16-bit groups, two or eight of them. */
  readonly groups: readonly number[];
  readonly prefixBits: number;
}

/** An address (which is a range of one) or a CIDR range; `null` for anything else. */
export function parseIpRange(text: string): IpRange | null {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const version = address.includes(':') ? 6 : 4;
  const groups = version === 6 ? parseIpv6(address) : parseIpv4(address);
  if (groups === null) return null;
  const widest = version === 6 ? 128 : 32;
  if (slash === -1) return { version, groups, prefixBits: widest };
  const bits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > widest) return null;
  return { version, groups, prefixBits: Number(bits) };
}

/** One address, without a prefix length; `null` for anything else. */
export function parseIpAddress(text: string): IpRange | null {
  return text.includes('/') ? null : parseIpRange(text);
}

/** Whether the range holds the address. Versions never match each other; bits of the range beyond its prefix don't count. */
export function containsAddress(range: IpRange, address: IpRange): boolean {
  if (range.version !== address.version) return false;
  return range.groups.every((group, index) => {
    const freeBits = Math.min(16, Math.max(0, 16 * (index + 1) - range.prefixBits));
    return group >> freeBits === (address.groups[index] ?? 0) >> freeBits;
  });
}

function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.');
  const isAddress =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return isAddress ? [0, 2].map((at) => Number(parts[at]) * 256 + Number(parts[at + 1])) : null;
}

function parseIpv6(text: string): readonly number[] | null {
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (last.includes('.')) {
    const embedded = parseIpv4(last)?.map((group) => group.toString(16));
    return embedded === undefined ? null : parseIpv6(text.slice(0, -last.length) + embedded.join(':'));
  }
  const gap = text.indexOf('::');
  if (gap === -1) {
    const groups = ipv6Groups(text);
    return groups?.length === 8 ? groups : null;
  }
  const head = ipv6Groups(text.slice(0, gap));
  const tail = ipv6Groups(text.slice(gap + 2));
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function ipv6Groups(text: string): readonly number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  return parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))
    ? parts.map((part) => parseInt(part, 16))
    : null;
}
