import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsAddress, parseIpAddress, parseIpRange, type IpRange } from './ip-range.ts';

// spec: IAM-COND-8
describe('an IP address', () => {
  test.each([
    ['0.0.0.0', [0, 0]],
    ['1.2.3.4', [0x0102, 0x0304]],
    ['255.255.255.255', [0xffff, 0xffff]],
    ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
    ['2001:DB8::', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['1:2:3:4:5:6:7::', [1, 2, 3, 4, 5, 6, 7, 0]],
    ['1::3:4:5:6:7:ffff', [1, 0, 3, 4, 5, 6, 7, 0xffff]],
    ['::192.0.2.1', [0, 0, 0, 0, 0, 0, 0xc000, 0x201]],
    ['1:2:3:4:5:6:192.0.2.1', [1, 2, 3, 4, 5, 6, 0xc000, 0x201]],
  ])('is read from %s', (text, groups) => {
    expect(parseIpAddress(text)?.groups).toEqual(groups);
  });

  test.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '1.2.3.256',
    '1.2.3.1000',
    '1.2.3.04',
    '1.2.3.4x',
    'x1.2.3.4',
    '1.2.3.-4',
    ':',
    ':::',
    ':1',
    '1:',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:x',
    'x::1',
    '1::x',
    '12345::1',
    '1::xa',
    '1::ax',
    '1::2::3',
    '1:2:3:4::5:6:7:8',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:6:7:192.0.2.1',
    '192.0.2.1::',
    '::192.0.2',
    '::192.0.2.1:1',
    '1.2.3.0/24',
    '::/0',
  ])('is not read from `%s`', (text) => {
    expect(parseIpAddress(text)).toBeNull();
  });
});

// spec: IAM-COND-8
describe('an IP range', () => {
  test.each([
    '1.2.3.4/',
    '1.2.3.4/33',
    '1.2.3.4/x',
    '1.2.3.4/8x',
    '1.2.3.4/x8',
    '1.2.3.4/-8',
    '1.2.3.4/0008',
  ])('is not read from %s', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });

  test.each(['::/129', '::/x', '::/', '/8', '1.2.3/8', '::1.2.3/8'])('is not read from %s either', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });

  test.each([
    ['1.2.3.4', 4, 32],
    ['1.2.3.4/32', 4, 32],
    ['1.2.3.4/0', 4, 0],
    ['::1', 6, 128],
    ['::1/128', 6, 128],
    ['::1/33', 6, 33],
  ])('%s is of version %i, with a prefix of %i bits', (text, version, prefixBits) => {
    expect(parseIpRange(text)).toMatchObject({ version, prefixBits });
  });

  test('holds the addresses whose first bits are its own', () => {
    const bitsOf = ({ groups }: IpRange): string =>
      groups.map((group) => group.toString(2).padStart(16, '0')).join('');
    const group = fc.constantFrom(0, 1, 0x00ff, 0x8000, 0xff00, 0xffff);
    const pairs = fc.constantFrom<readonly [4 | 6, number]>([4, 2], [6, 8]).chain(([version, length]) => {
      const groups = fc.array(group, { minLength: length, maxLength: length });
      const prefixBits = fc.integer({ min: 0, max: length * 16 });
      return fc.tuple(
        fc.record({ version: fc.constant(version), groups, prefixBits }),
        fc.record({ version: fc.constant(version), groups, prefixBits: fc.constant(length * 16) }),
      );
    });
    fc.assert(
      fc.property(pairs, ([range, address]) => {
        const isWithin = bitsOf(address).startsWith(bitsOf(range).slice(0, range.prefixBits));
        expect(containsAddress(range, address)).toBe(isWithin);
      }),
      { numRuns: 500 },
    );
  });

  test('holds no address of the other version', () => {
    const everything = [parseIpRange('0.0.0.0/0'), parseIpRange('::/0')] as const;
    const [address4, address6] = [parseIpAddress('0.0.0.0'), parseIpAddress('::')];
    expect(containsAddress(everything[0]!, address4!)).toBe(true);
    expect(containsAddress(everything[0]!, address6!)).toBe(false);
    expect(containsAddress(everything[1]!, address4!)).toBe(false);
    expect(containsAddress(everything[1]!, address6!)).toBe(true);
  });
});
