/** IP addresses and CIDR ranges as condition values spell them. */
export interface IpRange {
  readonly version: 4 | 6;
  /** The address as a number of 32 or 128 bits. */
  readonly address: bigint;
  readonly prefixBits: number;
}

/** The range that `text` spells; a bare address is a range of one. `null`: it spells none. */
export function parseIpRange(text: string): IpRange | null {
  const [address = '', bits, ...rest] = text.split('/');
  if (rest.length > 0) return null;
  const v4 = parseV4(address);
  const parsed = v4 ?? parseV6(address);
  if (parsed === null) return null;
  const version = v4 === null ? 6 : 4;
  const most = version === 4 ? 32 : 128;
  if (bits === undefined) return { version, address: parsed, prefixBits: most };
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return null;
  return { version, address: parsed, prefixBits: Number(bits) };
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return null;
  const groupsOf = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  const zeros = halves.length === 2 ? 8 - head.length - tail.length : 0;
  if (zeros < (halves.length === 2 ? 1 : 0)) return null;
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail];
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** Whether the whole range lies in addresses that are not routed on the internet (RFC 1918, loopback, link-local, RFC 4193). */
export function isPrivateRange({ version, address, prefixBits }: IpRange): boolean {
  const width = version === 4 ? 32 : 128;
  return privateRanges.some(
    (range) =>
      range.version === version &&
      prefixBits >= range.prefixBits &&
      address >> BigInt(width - range.prefixBits) === range.address >> BigInt(width - range.prefixBits),
  );
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
