import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collection, StoreNotOpened } from '../../src/services/records.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';

const written = collection<{ writer: number; twin: string }>('crash.written', {
  writer: (r) => [String(r.writer)],
});
const script = join(import.meta.dirname, 'write-until-killed.ts');
const writerCount = 8;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Killed {
  readonly acknowledged: readonly string[];
  readonly errors: string;
}

/** Lets the script write until it has acknowledged so many commits, kills it with signal 9, and says what it acknowledged. */
async function writeAndKill(
  acknowledgedMin: number,
  whileWriting = async (): Promise<void> => undefined,
): Promise<Killed> {
  const child = spawn(process.execPath, [script, folder, String(writerCount)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  let asked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (asked || output.split('\n').length <= acknowledgedMin) return;
    asked = true;
    void whileWriting().finally(() => child.kill('SIGKILL'));
  });
  await ended;
  return { acknowledged: output.split('\n').slice(0, -1), errors };
}

// spec: STORE-8, STORE-5, STORE-6
test('killed in the middle of a load of writes, the store has all that it acknowledged and nothing by halves', async () => {
  const acknowledged = new Set<string>();
  for (const acknowledgedMin of [1, 300, 1000]) {
    const killed = await writeAndKill(acknowledgedMin);
    expect(killed.errors).toBe('');
    expect(killed.acknowledged.length).toBeGreaterThanOrEqual(acknowledgedMin);
    for (const key of killed.acknowledged) acknowledged.add(key);

    await using records = await openSqlite(folder);
    const all = await records.list(written, { limit: Infinity });
    const keys = new Set(all.map((record) => record.key));
    const lost = [...acknowledged].filter((key) => !keys.has(`${key}-a`) || !keys.has(`${key}-b`));
    expect(lost).toEqual([]);
    expect(all.filter((record) => !keys.has(record.value.twin))).toEqual([]);
    const found = await Promise.all(
      Array.from({ length: writerCount }, (_, writer) =>
        records.find(written, 'writer', String(writer), { limit: Infinity }),
      ),
    );
    expect(found.flat().length).toBe(all.length);
    const last = all.at(-1);
    const body = (await records.get(written, last?.key ?? ''))?.body;
    expect(body && Buffer.compare(body, Buffer.alloc(2048, last?.value.writer))).toBe(0);
  }
}, 60_000);

// spec: STORE-9
test('a folder that another process writes to is refused, and is free once that process is killed', async () => {
  const faults: unknown[] = [];
  await writeAndKill(1, async () => {
    const refused: unknown = await openSqlite(folder).catch((error: unknown) => error);
    faults.push(refused instanceof StoreNotOpened ? refused.fault : refused);
  });
  expect(faults).toEqual(['locked']);
  await (await openSqlite(folder)).close();
}, 60_000);
