/**
 * Writes schema/*.schema.json: what editors complete and check by (setups, requests, settings), and what readers of our
 * output can rely on (reports, baselines), from the schemas that the program itself checks by. With `--check` it writes nothing and fails if a file is stale:
 * run `node scripts/generate-setup-schema.ts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { settingsSchema } from '../src/cli/settings-file.ts';
import { baselineSchema } from '../src/cli/suppressions/baseline.ts';
import { reportSchema } from '../src/delivery/report-schema.ts';
import { evaluationRequestSchema, setupFileSchema } from '../src/setup/schema.ts';

const published = {
  'schema/setup.schema.json': { title: 'Sealpost setup', schema: setupFileSchema() },
  'schema/request.schema.json': { title: 'Sealpost evaluation request', schema: evaluationRequestSchema },
  'schema/report.schema.json': { title: 'Sealpost report: check --format json', schema: reportSchema },
  'schema/settings.schema.json': {
    title: 'Sealpost settings: sealpost.config.json or .yaml',
    schema: settingsSchema,
  },
  'schema/baseline.schema.json': { title: 'Sealpost baseline', schema: baselineSchema },
};

mkdirSync('schema', { recursive: true });
for (const [path, { title, schema }] of Object.entries(published)) {
  const document = { title, ...z.toJSONSchema(schema, { target: 'draft-2020-12' }) };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    console.log(`${path}: ${text.length} characters`);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is stale: run "node scripts/generate-setup-schema.ts"`);
    process.exitCode = 1;
  }
}
