/**
 * What does AWS Config cost here? Each section is a file in bench/config/ that prints its own lines, beside a baseline
 * of the same run. All of them, or those that are named: `node bench/config.ts queries recording`.
 */
import { due } from './config/due.ts';
import { queries } from './config/queries.ts';
import { recording } from './config/recording.ts';
import { snapshots } from './config/snapshots.ts';

const sections: Readonly<Record<string, () => Promise<void>>> = { recording, snapshots, due, queries };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(
    `bench/config.ts has no section ${unknown.join(', ')}: name ${Object.keys(sections).join(', ')}`,
  );
  process.exit(2);
}
for (const [name, run] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  await run();
}
