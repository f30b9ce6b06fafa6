import { describe, expect, it } from 'vitest';
import { movableClock } from './clock.ts';
import { tokens } from './ids.ts';
import { pooledRandom } from './random.ts';
import { realWorld } from './world.ts';

describe('the clock', () => {
  it('runs with the real one, moves on and never back, and a reset undoes it', () => {
    let real = 1000;
    const clock = movableClock(() => real);
    clock.advanceClock(500);
    clock.advanceClock(0);
    expect(clock.nowMillis()).toBe(1500);
    real = 1001;
    expect(clock.nowMillis()).toBe(1501);
    expect(clock.realNowMillis()).toBe(1001);
    expect(() => {
      clock.advanceClock(-1);
    }).toThrow(RangeError);
    expect(() => {
      clock.advanceClock(NaN);
    }).toThrow(RangeError);
    clock.resetClock();
    expect(clock.nowMillis()).toBe(1001);
  });
});

describe('chance', () => {
  it('gives as many bytes as are asked for, and never the same ones twice', () => {
    const random = pooledRandom();
    const seen = new Set<string>();
    for (let i = 0; i < 1000; i++) seen.add(Buffer.from(random(16)).toString('hex'));
    expect(seen.size).toBe(1000);
    expect(random(0)).toHaveLength(0);
    expect(random(10_000)).toHaveLength(10_000);
  });

  it('what was handed out does not change when more is drawn', () => {
    const random = pooledRandom();
    const first = random(32);
    const copy = Buffer.from(first).toString('hex');
    for (let i = 0; i < 500; i++) random(64);
    expect(Buffer.from(first).toString('hex')).toBe(copy);
  });

  it('UUIDs are of version 4, tokens of their alphabet', () => {
    const world = realWorld();
    expect(world.newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(world.newToken(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')).toMatch(/^[A-Z2-7]{16}$/);
  });

  it('no character of a token is likelier than another', () => {
    // Every byte once: each character of an alphabet of three comes up equally often, the one byte left over never.
    const every = Uint8Array.from({ length: 256 }, (_, i) => i);
    let at = 0;
    const token = tokens((length) => {
      const bytes = every.slice(at, at + length);
      at += length;
      return bytes;
    }).newToken(240, 'abc');
    const count = (character: string): number => token.split(character).length - 1;
    expect([count('a'), count('b'), count('c')]).toEqual([80, 80, 80]);
  });
});
