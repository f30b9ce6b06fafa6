import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { WrappingBroken } from '../services/kms/ports.ts';
import { parseRootKey, rootKeyFrom } from './root-key.ts';

const bytes = Buffer.alloc(32, 7);

// spec: KMS-CIPHER-4
describe('the root key', () => {
  test('unwraps what it wrapped, under the same name only', () => {
    const { wrapping } = rootKeyFrom(bytes, randomBytes);
    const wrapped = wrapping.wrap(Buffer.from('material'), 'arn#1');
    expect(Buffer.from(wrapped).includes('material')).toBe(false);
    expect(Buffer.from(wrapping.unwrap(wrapped, 'arn#1')).toString()).toBe('material');
    expect(() => wrapping.unwrap(wrapped, 'arn#2')).toThrow(WrappingBroken);
  });

  test('of another server opens nothing, and neither does another use of the same one', () => {
    const one = rootKeyFrom(bytes, randomBytes);
    const other = rootKeyFrom(Buffer.alloc(32, 8), randomBytes);
    const sealed = one.secrets.seal(Buffer.from('secret'));
    expect(() => other.secrets.open(sealed)).toThrow(WrappingBroken);
    expect(() => one.objectKeys.open(sealed)).toThrow(WrappingBroken);
    expect(Buffer.from(one.secrets.open(sealed)).toString()).toBe('secret');
    expect(one.fingerprint).not.toBe(other.fingerprint);
  });

  test('seals the same secret differently each time, and opens none that was changed', () => {
    const { secrets } = rootKeyFrom(bytes, randomBytes);
    const [a, b] = [secrets.seal(Buffer.from('x')), secrets.seal(Buffer.from('x'))];
    expect(Buffer.from(a)).not.toEqual(Buffer.from(b));
    a[a.length - 1] = (a[a.length - 1] ?? 0) ^ 1;
    expect(() => secrets.open(a)).toThrow(WrappingBroken);
    expect(() => secrets.open(b.subarray(0, 5))).toThrow(WrappingBroken);
  });

  test.each([
    ['', null],
    ['not base64!', null],
    [Buffer.alloc(31).toString('base64'), null],
    [Buffer.alloc(33).toString('base64'), null],
    [Buffer.alloc(32).toString('base64'), 32],
  ])('is 32 bytes in base64: %j', (text, length) => {
    expect(parseRootKey(text)?.length ?? null).toBe(length);
  });
});
