/**
 * Writes the pages of docs/ that are outputs: they are made of the tables in src and spec, so they can't disagree
 * with them. With `--check` it writes nothing and fails if a page is stale: run `npm run docs`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { commandsPage } from './docs/commands-page.ts';
import { deliveryPage } from './docs/delivery-page.ts';
import { errorsPage } from './docs/errors-page.ts';
import { findingsPage } from './docs/findings-page.ts';
import { supportPage } from './docs/support-page.ts';

const pages = {
  'docs/commands.md': commandsPage,
  'docs/delivery.md': deliveryPage,
  'docs/errors.md': errorsPage,
  'docs/findings.md': findingsPage,
  'docs/support.md': supportPage,
} as const;
const stale: string[] = [];

for (const [path, page] of Object.entries(pages)) {
  const text = await format(page(), {
    ...(await resolveConfig(path)),
    parser: 'markdown',
    embeddedLanguageFormatting: 'off',
  });
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
}

if (process.argv.includes('--check') && stale.length > 0) {
  console.error(
    `docs: ${stale.join(', ')} ${stale.length === 1 ? 'is' : 'are'} stale. Run "npm run docs" and look at what changed`,
  );
  process.exitCode = 1;
} else {
  console.log(`docs: ${Object.keys(pages).length} pages, ${stale.length} written`);
}
