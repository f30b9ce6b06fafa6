/**
 * What `check` says is what `serve` does: setups are laid out on a server in this process, every phase is carried out
 * as each identity, and the outcomes are compared. `SEALPOST_LONG=1` runs many more.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createServer } from '../../src/app.ts';
import { attempt, tryBoth, type AttemptResult, type Task } from '../../src/delivery/worker/attempt.ts';
import { contentOf } from '../../src/delivery/worker/file-content.ts';
import { planned } from '../../src/delivery/worker/planned-requests.ts';
import { notify, notifyAs } from '../../src/delivery/worker/notify.ts';
import { verifyChannel } from '../../src/delivery/worker/verify-channel.ts';
import type { DeliveredFileName, Identity } from '../../src/delivery/plan.ts';
import { check, type Report, type Setup } from '../../src/pure.ts';
import { account, setups } from './generated-setups.ts';

const runs = process.env['SEALPOST_LONG'] === undefined ? 80 : 20_000;
const filesOf: Readonly<Record<'channel-setup' | 'delivery', readonly DeliveredFileName[]>> = {
  'channel-setup': ['check-file'],
  delivery: ['snapshot', 'history'],
};
const identities: readonly Identity[] = ['role', 'service-principal'];

describe('what check says is what serve does', () => {
  // spec: DLV-FALLBACK-1, DLV-FALLBACK-2
  test('for each phase and identity of generated setups', { timeout: 3_600_000 }, async () => {
    const counts = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(setups, async (setup) => {
        const { report, done } = await carriedOut(setup);
        const judged = report.phases;
        for (const { phase, identity, outcome: said } of attemptsOf(judged)) {
          counts.set(`${phase} ${identity} ${said}`, (counts.get(`${phase} ${identity} ${said}`) ?? 0) + 1);
          // Where a refusal is only documented, or AWS is silent, `check` does not promise; it says so.
          if (said === 'unknown') continue;
          expect(`${phase} as ${identity}: ${done[phase]?.[identity] ?? 'not done'}`).toBe(
            `${phase} as ${identity}: ${said}`,
          );
        }
        for (const { phase, outcome: said } of judged)
          if (said !== 'unknown')
            expect(`${phase}: ${done[phase]?.outcome ?? 'not done'}`).toBe(`${phase}: ${said}`);
        counts.set(report.verdict, (counts.get(report.verdict) ?? 0) + 1);
        if (report.verdict !== 'unknown') expect(verdictOf(done)).toBe(report.verdict);
        const setupPhase = report.phases.find(({ phase }) => phase === 'channel-setup');
        if (setupPhase?.outcome === 'allowed' && setupPhase.deliveredAs !== null)
          expect(done.verification).toEqual({ outcome: 'verified', deliversAs: setupPhase.deliveredAs });
        if (setupPhase?.outcome === 'denied') expect(done.verification.outcome).toBe('refused');
      }),
      { numRuns: runs },
    );
    // A generator that never lets anything through would prove nothing.
    for (const phase of ['channel-setup', 'delivery', 'notification'] as const)
      for (const identity of identities)
        for (const outcome of ['allowed', 'denied'] as const)
          expect(
            counts.get(`${phase} ${identity} ${outcome}`) ?? 0,
            `${phase} ${identity} ${outcome}`,
          ).toBeGreaterThan(runs / 50);
  });
});

describe('the organization of a setup', () => {
  // spec: ORG-SETUP-1
  test.each([{ managementAccount: '999999999999' }, {}])(
    'counts with the management account %j',
    async (of) => {
      const setup = {
        ...setupTelling({ condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }),
        organization: { id: 'o-exampleorgid', ...of, accounts: [{ id: account }] },
      };
      const { report, done } = await carriedOut(setup);
      expect(report.phases.find(({ phase }) => phase === 'notification')?.attempts[0]?.outcome).toBe(
        'allowed',
      );
      expect(done.notification?.role).toBe('allowed');
    },
  );
});

describe('the topic', () => {
  // spec: CFG-NOTIFY-1, DLV-TOPIC-1, SNS-KMS-1
  test.each([
    { name: 'is told', topic: {}, outcome: 'allowed' },
    { name: 'is told through its key', topic: { keyRegion: 'us-east-1' }, outcome: 'allowed' },
    { name: 'is not told in another Region', topic: { topicRegion: 'eu-west-1' }, outcome: 'denied' },
    {
      name: 'is not told through a key of another Region',
      topic: { keyRegion: 'eu-west-1' },
      outcome: 'denied',
    },
  ])('$name', async ({ topic, outcome }) => {
    const { report, done } = await carriedOut(setupTelling(topic));
    const said = report.phases.find(({ phase }) => phase === 'notification');
    expect(said?.outcome).toBe(outcome);
    expect(said?.attempts.map((one) => one.outcome)).toEqual([outcome, outcome]);
    expect(done.notification).toEqual({ role: outcome, 'service-principal': outcome, outcome });
  });
});

type Did = 'allowed' | 'denied';

/** What each identity alone came to, and what the worker made of both. */
interface PhaseDone extends Readonly<Record<Identity, Did>> {
  readonly outcome: Did;
}

interface Done {
  readonly 'channel-setup': PhaseDone;
  readonly delivery: PhaseDone;
  /** `null`: the channel has no topic. */
  readonly notification: PhaseDone | null;
  readonly verification: Awaited<ReturnType<typeof verifyChannel>>;
}

function verdictOf({ 'channel-setup': atSetup, delivery, notification }: Done): 'delivers' | 'fails' {
  const phases = [atSetup, delivery, ...(notification === null ? [] : [notification])];
  return phases.every(({ outcome }) => outcome === 'allowed') ? 'delivers' : 'fails';
}

async function carriedOut(setup: Setup): Promise<{ readonly report: Report; readonly done: Done }> {
  await using app = await createServer({ setup });
  const atMillis = app.world.nowMillis();
  const report = check(setup, { at: new Date(atMillis) });
  const channel = {
    partition: 'aws',
    account,
    region: setup.recorder?.region ?? '',
    roleArn: setup.recorder?.roleARN ?? '',
    s3BucketName: setup.deliveryChannel?.s3BucketName ?? '',
    s3KeyPrefix: setup.deliveryChannel?.s3KeyPrefix ?? null,
    s3KmsKeyArn: setup.deliveryChannel?.s3KmsKeyArn ?? null,
  };
  const delivery = {
    ...planned(channel, { atMillis, configSnapshotId: '00000000-0000-4000-8000-000000000000' }),
    resourceType: 'AWS::S3::Bucket',
    resourceId: channel.s3BucketName,
  };
  const phaseWith = async (
    phase: 'channel-setup' | 'delivery',
    carryOut: (task: Task) => Promise<AttemptResult>,
  ): Promise<Did> => {
    for (const file of filesOf[phase]) {
      const upload = { content: contentOf(Buffer.from(file)), encoding: null };
      const result = await carryOut({ phase, file, delivery, upload });
      if (result.outcome === 'denied') return 'denied';
    }
    return 'allowed';
  };
  const phaseOf = async (phase: 'channel-setup' | 'delivery'): Promise<PhaseDone> => ({
    role: await phaseWith(phase, (task) => attempt(app.doors, task, 'role')),
    'service-principal': await phaseWith(phase, (task) => attempt(app.doors, task, 'service-principal')),
    outcome: await phaseWith(phase, (task) => tryBoth(app.doors, task)),
  });
  const notificationOf = async (topicArn: string): Promise<PhaseDone> => {
    const told = {
      doors: app.doors,
      channel,
      message: { topicArn, subject: 'a subject', message: 'a message' },
    };
    return {
      role: (await notifyAs('role', told)).outcome,
      'service-principal': (await notifyAs('service-principal', told)).outcome,
      outcome: (await notify(told.doors, told.channel, told.message)).outcome,
    };
  };
  const topicArn = setup.deliveryChannel?.snsTopicARN ?? null;
  const done: Done = {
    'channel-setup': await phaseOf('channel-setup'),
    delivery: await phaseOf('delivery'),
    notification: topicArn === null ? null : await notificationOf(topicArn),
    verification: await verifyChannel(app.doors, channel, atMillis),
  };
  return { report, done };
}

function attemptsOf(phases: Report['phases']) {
  return phases.flatMap(({ phase, attempts }) =>
    attempts.map(({ identity, outcome }) => ({ phase, identity, outcome })),
  );
}

/** A setup that tells its topic as the role and as the service principal alike. */
function setupTelling(
  topic: { readonly topicRegion?: string; readonly keyRegion?: string; readonly condition?: object } = {},
): Setup {
  const { topicRegion = 'us-east-1', keyRegion, condition } = topic;
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const policy = { Version: '2012-10-17', Statement: [statement] };
  const lets = (Principal: unknown, more: object = {}) => ({
    Version: '2012-10-17',
    Statement: [{ ...statement, Principal, ...more }],
  });
  const config = { Service: 'config.amazonaws.com' };
  const both = { ...config, AWS: account };
  const roleARN = `arn:aws:iam::${account}:role/config`;
  const snsTopicARN = `arn:aws:sns:${topicRegion}:${account}:config-topic`;
  const keyArn = `arn:aws:kms:${keyRegion ?? topicRegion}:${account}:key/5678abcd-12ab-34cd-56ef-1234567890ab`;
  const trustPolicy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: config, Action: 'sts:AssumeRole' }],
  };
  const publishing = { Action: 'sns:Publish', ...(condition === undefined ? {} : { Condition: condition }) };
  return {
    complete: true,
    recorder: { account, region: 'us-east-1', roleARN },
    deliveryChannel: { s3BucketName: 'config-logs', snsTopicARN },
    roles: [{ arn: roleARN, trustPolicy, policies: [{ name: 'all', document: policy }] }],
    buckets: [{ name: 'config-logs', account, policy: lets(both), encryption: null }],
    keys: [{ arn: keyArn, policy: lets(both) }],
    topics: [
      {
        arn: snsTopicARN,
        policy: lets(both, publishing),
        kmsMasterKeyId: keyRegion === undefined ? null : keyArn,
      },
    ],
  };
}
