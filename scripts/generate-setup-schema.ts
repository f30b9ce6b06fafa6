/**
 * Writes schema/setup.schema.json and schema/request.schema.json, the JSON Schemas for editors, from the schemas that
 * the program itself checks by. With `--check` it writes nothing and fails if a file is stale:
 * run `node scripts/generate-setup-schema.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { evaluationRequestSchema, setupFileSchema } from '../src/setup/schema.ts';

const published = {
  'schema/setup.schema.json': { title: 'Sealpost setup', schema: setupFileSchema() },
  'schema/request.schema.json': { title: 'Sealpost evaluation request', schema: evaluationRequestSchema },
};

mkdirSync('schema', { recursive: true });
for (const [path, { title, schema }] of Object.entries(published)) {
  const document = { title, ...z.toJSONSchema(schema, { target: 'draft-2020-12' }) };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    console.log(`${path}: ${text.length} characters`);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is stale: run "node scripts/generate-setup-schema.ts"`);
    process.exitCode = 1;
  }
}
