/**
 * Writes to a store until it is killed. Each line of standard output is a key, printed after the commit that holds it
 * was acknowledged. The test in this folder starts it.
 */
import { collection, put } from '../../src/services/records.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';

const written = collection<{ writer: number; twin: string }>('crash.written', {
  writer: (r) => [String(r.writer)],
});
const [, , folder = '', writerCount = '8'] = process.argv;
const records = await openSqlite(folder);
const run = String((await records.list(written, { limit: Infinity })).length);

await Promise.all(Array.from({ length: Number(writerCount) }, (_, writer) => writeForever(writer)));

async function writeForever(writer: number): Promise<never> {
  const body = Buffer.alloc(2048, writer);
  for (let n = 0; ; n++) {
    const key = `${run}-${String(writer)}-${String(n)}`;
    // Two records that belong together: after the crash both are there or neither.
    await records.commit([
      put(written, `${key}-a`, { writer, twin: `${key}-b` }, { body }),
      put(written, `${key}-b`, { writer, twin: `${key}-a` }, { body }),
    ]);
    process.stdout.write(`${key}\n`);
  }
}
