import { expect, test } from 'vitest';
import { parseAccountId } from '../../aws/account-id.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { takeRoom } from './active-resources.ts';
import { resources, type Place } from './ports.ts';
import { itemChanges } from './record-resource.ts';

const account = parseAccountId('111122223333') ?? failed();

function failed(): never {
  throw new Error('not an account ID');
}

const here: Place = { account, region: 'us-east-1' };
const elsewhere: Place = { account, region: 'eu-west-1' };

// spec: CFG-CUSTOM-6
test('a place takes so many custom resources and no more, until some are gone; others have room of their own', async () => {
  const records = openMemory();
  const record = async (place: Place, resourceType: string, resourceId: string, isGone = false) => {
    const [stored] = (await records.list(resources)).filter(({ value }) => value.resourceId === resourceId);
    const item = {
      ...place,
      awsRegion: place.region,
      status: isGone ? ('ResourceDeleted' as const) : ('ResourceDiscovered' as const),
      resourceType,
      resourceId,
      resourceName: null,
      arn: null,
      availabilityZone: null,
      resourceCreatedAtMillis: null,
      tags: {},
      relationships: [],
      configuration: isGone ? null : {},
      supplementaryConfiguration: {},
    };
    await records.commit(itemChanges(stored ?? null, item, { nowMillis: 1, isToldOf: false }));
  };
  const put = async (resourceId: string, place = here) => {
    await takeRoom(records, place, 3);
    await record(place, 'Acme::Db::Table', resourceId);
  };
  await record(here, 'AWS::S3::Bucket', 'not-custom');
  for (const resourceId of ['a', 'b', 'c']) await put(resourceId);
  await expect(put('d')).rejects.toMatchObject({ code: 'MaxActiveResourcesExceededException' });
  await put('d', elsewhere);
  await record(here, 'Acme::Db::Table', 'b', true);
  await put('e');
  await expect(put('f')).rejects.toMatchObject({ code: 'MaxActiveResourcesExceededException' });
});
