/**
 * After any sequence of changes, through the services' own operations, what AWS Config recorded last of everything is
 * what everything is: relationships and counts in both directions included. And no two items in a row are the same.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createServer, type App } from '../../src/app.ts';
import { inventoryOf } from '../../src/app/inventory.ts';
import { parseAccountId } from '../../src/aws/account-id.ts';
import {
  items,
  placeKey,
  recorders,
  recordingMarks,
  resourceKey,
  resources,
  type InventoryItem,
  type ItemRecord,
  type Place,
} from '../../src/services/config/ports.ts';
import { AwsError } from '../../src/services/aws-error.ts';
import type { Caller } from '../../src/services/operation.ts';
import { put } from '../../src/services/records.ts';

const account = parseAccountId('111122223333') ?? failed();
const place: Place = { account, region: 'us-east-1' };
const caller: Caller = {
  principal: { kind: 'account-root', account, partition: 'aws' },
  account,
  sessionPolicies: null,
  context: [],
  forwardedBy: null,
  userId: account,
  accessKeyId: account,
};

function failed(): never {
  throw new Error('not an account ID');
}

type Call = readonly [service: string, operation: string, input: object];

const document = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const two = (name: string) => fc.constantFrom(`${name}-1`, `${name}-2`);
const policyArn = two('policy').map((name) => `arn:aws:iam::${account}:policy/${name}`);
const action = fc.constantFrom('s3:GetObject', 's3:PutObject');

/** A change that may be refused: of few things, so that they meet. */
const calls: fc.Arbitrary<Call> = fc.oneof(
  ...['User', 'Group', 'Role'].flatMap((kind) => {
    const name = two(kind.toLowerCase()).map((value) => ({ [`${kind}Name`]: value }));
    const trusted = kind === 'Role' ? { AssumeRolePolicyDocument: trust } : {};
    return [
      name.map((of): Call => ['iam', `Create${kind}`, { ...of, ...trusted }]),
      name.map((of): Call => ['iam', `Delete${kind}`, of]),
      fc
        .tuple(name, policyArn, fc.constantFrom('Attach', 'Detach'))
        .map(([of, PolicyArn, how]): Call => ['iam', `${how}${kind}Policy`, { ...of, PolicyArn }]),
      fc
        .tuple(name, action)
        .map(([of, what]): Call => [
          'iam',
          `Put${kind}Policy`,
          { ...of, PolicyName: 'own', PolicyDocument: document(what) },
        ]),
      name.map((of): Call => ['iam', `Delete${kind}Policy`, { ...of, PolicyName: 'own' }]),
    ];
  }),
  fc
    .tuple(two('user'), policyArn)
    .map(([UserName, PermissionsBoundary]): Call => [
      'iam',
      'PutUserPermissionsBoundary',
      { UserName, PermissionsBoundary },
    ]),
  two('user').map((UserName): Call => ['iam', 'DeleteUserPermissionsBoundary', { UserName }]),
  fc
    .tuple(two('user'), two('group'), fc.constantFrom('AddUserToGroup', 'RemoveUserFromGroup'))
    .map(([UserName, GroupName, operation]): Call => ['iam', operation, { UserName, GroupName }]),
  fc
    .tuple(two('policy'), action)
    .map(([PolicyName, what]): Call => [
      'iam',
      'CreatePolicy',
      { PolicyName, PolicyDocument: document(what) },
    ]),
  fc
    .tuple(policyArn, action)
    .map(([PolicyArn, what]): Call => [
      'iam',
      'CreatePolicyVersion',
      { PolicyArn, PolicyDocument: document(what), SetAsDefault: true },
    ]),
  policyArn.map((PolicyArn): Call => ['iam', 'DeletePolicy', { PolicyArn }]),
  two('bucket').map((Bucket): Call => ['s3', 'CreateBucket', { Bucket }]),
  two('bucket').map((Bucket): Call => ['s3', 'DeleteBucket', { Bucket }]),
  fc
    .tuple(two('bucket'), fc.constantFrom('Enabled', 'Suspended'))
    .map(([Bucket, Status]): Call => [
      's3',
      'PutBucketVersioning',
      { Bucket, VersioningConfiguration: { Status } },
    ]),
  two('topic').map((Name): Call => ['sns', 'CreateTopic', { Name }]),
  two('topic').map((name): Call => [
    'sns',
    'DeleteTopic',
    { TopicArn: `arn:aws:sns:us-east-1:${account}:${name}` },
  ]),
);

/** What is there at first, so that most changes find what they are about. */
const first: readonly Call[] = ['1', '2'].flatMap((n): readonly Call[] => [
  ['iam', 'CreateUser', { UserName: `user-${n}` }],
  ['iam', 'CreateGroup', { GroupName: `group-${n}` }],
  ['iam', 'CreateRole', { RoleName: `role-${n}`, AssumeRolePolicyDocument: trust }],
  ['iam', 'CreatePolicy', { PolicyName: `policy-${n}`, PolicyDocument: document('s3:GetObject') }],
  ['s3', 'CreateBucket', { Bucket: `bucket-${n}` }],
]);

async function make(app: App, [service, operation, input]: Call): Promise<void> {
  await app.invoke(service, operation, input, { caller, region: place.region });
}

async function running(): Promise<App> {
  const app = await createServer();
  const recorder = {
    ...place,
    name: 'default',
    arn: `arn:aws:config:us-east-1:${account}:configuration-recorder/default/abc`,
    roleARN: `arn:aws:iam::${account}:role/config`,
    recordingGroup: {
      allSupported: true,
      includeGlobalResourceTypes: true,
      resourceTypes: [],
      exclusionByResourceTypes: [],
      recordingStrategy: 'ALL_SUPPORTED_RESOURCE_TYPES' as const,
    },
    recordingMode: { recordingFrequency: 'CONTINUOUS' as const, recordingModeOverrides: [] },
    tags: {},
    isRecording: true,
    lastStartAtMillis: 0,
    lastStopAtMillis: null,
    lastStatus: 'SUCCESS' as const,
    lastStatusChangeAtMillis: 0,
  };
  await app.records.commit([put(recorders, placeKey(place), recorder), put(recordingMarks, account, {})]);
  for (const call of first) await make(app, call);
  return app;
}

/** What a resource looks like, whether it was recorded or is looked at now. */
function looks(of: InventoryItem | ItemRecord): unknown {
  return JSON.parse(
    JSON.stringify([
      of.resourceType,
      of.resourceId,
      of.resourceName,
      of.arn,
      of.tags,
      of.relationships ?? [],
      of.configuration,
      of.supplementaryConfiguration,
    ]),
  );
}

async function assertRecorded({ records, world }: App): Promise<void> {
  const present = await inventoryOf(records).of({ ...place, partition: 'aws', nowMillis: world.nowMillis() });
  const recorded = await records.list(resources, { prefix: `${placeKey(place)}/`, limit: Infinity });
  const newest = new Map(recorded.map(({ key, value }) => [key, value]));
  for (const one of present) {
    const found = newest.get(resourceKey(place, one.resourceType, one.resourceId));
    expect(found?.isDeleted).toBe(false);
    expect(found && looks(found.item)).toEqual(looks(one));
  }
  expect(recorded.filter(({ value }) => !value.isDeleted)).toHaveLength(present.length);
  const all = await records.list(items, { limit: Infinity });
  for (const [index, { value }] of all.entries()) {
    const before = all[index - 1]?.value;
    if (before?.resourceType !== value.resourceType || before.resourceId !== value.resourceId) continue;
    expect(before.capturedAtMillis).toBeLessThan(value.capturedAtMillis);
    expect(looks(before)).not.toEqual(looks(value));
  }
}

describe('what is recorded last of everything', () => {
  // spec: CFG-RECORD-1, CFG-RECORD-2, CFG-RECORD-6, CFG-ITEM-5
  test('is what everything is, after any changes, one after the other or at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(calls, { minLength: 1, maxLength: 4 }), { minLength: 8, maxLength: 25 }),
        async (rounds) => {
          await using app = await running();
          for (const atOnce of rounds)
            await Promise.all(
              atOnce.map((call) =>
                make(app, call).catch((error: unknown) => {
                  if (!(error instanceof AwsError)) throw error;
                }),
              ),
            );
          await assertRecorded(app);
        },
      ),
      { numRuns: process.env['SEALPOST_LONG'] === '1' ? 1500 : 25 },
    );
  }, 600_000);
});
