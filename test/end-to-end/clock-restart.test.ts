/** The server's clock over a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createApp, type App } from '../../src/app.ts';

const day = 24 * 3600;

function opened(path: string): Promise<App> {
  return createApp({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    data: { kind: 'folder', path },
    rootKey: null,
    rootCredentials: null,
    isResetAllowed: true,
    setup: null,
    logger: pino({ level: 'silent' }),
    version: '0',
  });
}

async function moved({ address }: App, advanceSeconds: number): Promise<number> {
  const answer = await fetch(`${address.url}/_sealpost/clock`, {
    method: 'POST',
    body: JSON.stringify({ advanceSeconds }),
  });
  return answer.status;
}

const aheadSeconds = ({ world }: App) => (world.nowMillis() - world.realNowMillis()) / 1000;

// spec: SRV-CLOCK-1
test('a clock that was moved on goes on from there after a restart, and is never moved back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-clock-'));
  try {
    const first = await opened(folder);
    expect(await moved(first, 3 * day)).toBe(200);
    expect(await moved(first, -day)).toBe(400);
    expect(aheadSeconds(first)).toBeGreaterThan(3 * day - 1);
    await first.close();
    const second = await opened(folder);
    expect(aheadSeconds(second)).toBeGreaterThan(3 * day - 120);
    const reset = await fetch(`${second.address.url}/_sealpost/reset`, { method: 'POST' });
    expect(reset.status).toBe(200);
    await second.close();
    const third = await opened(folder);
    expect(Math.abs(aheadSeconds(third))).toBeLessThan(1);
    await third.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
