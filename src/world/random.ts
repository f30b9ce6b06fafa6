import { randomFillSync } from 'node:crypto';

/** One call of the system's random source serves many small requests: each costs microseconds by itself. */
const poolBytes = 4096;

/** Random bytes from the system, drawn from a pool. Bytes that were handed out are wiped from the pool. */
export function pooledRandom(): (length: number) => Uint8Array {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  return (length) => {
    if (length > poolBytes / 4) return randomFillSync(new Uint8Array(length));
    if (used + length > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = pool.slice(used, used + length);
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}
