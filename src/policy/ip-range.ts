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
  let bits = range.prefixBits;
  for (let i = 0; bits > 0; i++, bits -= 16) {
    const mask = bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff;
    if (((range.groups[i] ?? 0) & mask) !== ((address.groups[i] ?? 0) & mask)) return false;
  }
  return true;
}

function parseIpv4(text: string): readonly number[] | null {
  const bytes = text.split('.').map((part) => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  const [a = 256, b = 256, c = 256, d = 256] = bytes;
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return null;
  return [a * 256 + b, c * 256 + d];
}

function parseIpv6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(ipv6Groups);
  if (head === null || head === undefined || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function ipv6Groups(text: string): readonly number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && index === parts.length - 1) {
      const embedded = parseIpv4(part);
      if (embedded === null) return null;
      groups.push(...embedded);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16));
    else return null;
  }
  return groups.length > 8 ? null : groups;
}
