/** `sealpost/testing` as its users use it. */
import {
  ConfigServiceClient,
  DeliverConfigSnapshotCommand,
  DescribeDeliveryChannelStatusCommand,
} from '@aws-sdk/client-config-service';
import { CreateBucketCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { InputFaultsError, startSealpost, type Setup } from '../../src/testing.ts';

const setup = 'examples/service-linked-role/setup.json';

describe('startSealpost', () => {
  it('starts an empty server with typed clients, and takes both away at the end of the block', async () => {
    const endpoints: string[] = [];
    {
      await using sealpost = await startSealpost();
      endpoints.push(sealpost.endpoint);
      const s3 = sealpost.client(S3Client);
      await s3.send(new CreateBucketCommand({ Bucket: 'of-a-test' }));
      const { s3: another } = await sealpost.clients();
      expect((await another.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([
        'of-a-test',
      ]);
      await expect(sealpost.check()).rejects.toThrow('holds no configuration recorder');
    }
    await expect(fetch(endpoints.join())).rejects.toThrow();
  });

  it('lays out a setup from its file, delivers, and checks what it holds', async () => {
    await using sealpost = await startSealpost({ setup });
    expect([sealpost.account, sealpost.region]).toEqual(['111122223333', 'us-east-1']);
    expect((await sealpost.check()).verdict).toBe('delivers');
    const config = sealpost.client(ConfigServiceClient);
    await config.send(new DeliverConfigSnapshotCommand({ deliveryChannelName: 'default' }));
    await sealpost.settle();
    const s3 = sealpost.client(S3Client);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'config-logs' }));
    expect(Contents.map(({ Key }) => Key).join()).toContain('ConfigSnapshot');
  });

  it('moves the clock, and history files follow', async () => {
    await using sealpost = await startSealpost({ setup });
    const before = Date.now();
    const now = await sealpost.advanceClock({ days: 1, hours: 1 });
    expect(now.getTime() - before).toBeGreaterThanOrEqual(25 * 3_600_000);
    const { config } = await sealpost.clients();
    const { DeliveryChannelsStatus = [] } = await config.send(new DescribeDeliveryChannelStatusCommand({}));
    expect(DeliveryChannelsStatus).toHaveLength(1);
    await expect(sealpost.advanceClock({ days: 400 })).rejects.toThrow('the server refused it: ');
  });

  it('goes back to how it started', async () => {
    await using sealpost = await startSealpost({ setup });
    const s3 = sealpost.client(S3Client);
    await s3.send(new CreateBucketCommand({ Bucket: 'of-one-test' }));
    await sealpost.advanceClock({ days: 3 });
    await sealpost.reset();
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual(['config-logs']);
    expect((await sealpost.check()).verdict).toBe('delivers');
  });

  it('shows what it holds as a setup', async () => {
    await using sealpost = await startSealpost({ setup });
    expect(await sealpost.setup()).toMatchObject({ complete: true, recorder: { account: '111122223333' } });
    expect((await sealpost.setup()).buckets?.map(({ name }) => name)).toEqual(['config-logs']);
  });

  it('can be stopped twice, and gives an environment for other processes', async () => {
    const sealpost = await startSealpost({ account: '444455556666', region: 'eu-west-1' });
    expect(sealpost.environment).toEqual({
      AWS_ENDPOINT_URL: sealpost.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: '444455556666',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    await sealpost.stop();
    await sealpost.stop();
  });

  it('refuses what is no setup, with every fault', async () => {
    const wrong = { recoder: {} } as unknown as Setup;
    await expect(startSealpost({ setup: wrong })).rejects.toThrow(InputFaultsError);
  });
});
