/**
 * What `check` says is what `serve` does: setups are laid out on a server in this process, every phase is carried out
 * as each identity, and the outcomes are compared. `SEALPOST_LONG=1` runs many more.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createServer } from '../../src/app.ts';
import { attempt } from '../../src/delivery/worker/attempt.ts';
import { planned } from '../../src/delivery/worker/planned-requests.ts';
import { verifyChannel } from '../../src/delivery/worker/verify-channel.ts';
import type { DeliveredFileName, Identity, PhaseName } from '../../src/delivery/plan.ts';
import { check, type Report, type Setup } from '../../src/pure.ts';
import { account, setups } from './generated-setups.ts';

const runs = process.env['SEALPOST_LONG'] === undefined ? 150 : 20_000;
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
        for (const { phase, identity, outcome: said } of saidIn(report)) {
          counts.set(`${phase} ${identity} ${said}`, (counts.get(`${phase} ${identity} ${said}`) ?? 0) + 1);
          // Where a refusal is only documented, or AWS is silent, `check` does not promise; it says so.
          if (said === 'unknown') continue;
          expect(`${phase} as ${identity}: ${done[phase][identity]}`).toBe(
            `${phase} as ${identity}: ${said}`,
          );
        }
        const setupPhase = report.phases.find(({ phase }) => phase === 'channel-setup');
        if (setupPhase?.outcome === 'allowed' && setupPhase.deliveredAs !== null)
          expect(done.verification).toEqual({ outcome: 'verified', deliversAs: setupPhase.deliveredAs });
        if (setupPhase?.outcome === 'denied') expect(done.verification.outcome).toBe('refused');
      }),
      { numRuns: runs },
    );
    // A generator that never lets anything through would prove nothing.
    for (const phase of ['channel-setup', 'delivery'] as const)
      for (const identity of identities)
        for (const outcome of ['allowed', 'denied'] as const)
          expect(
            counts.get(`${phase} ${identity} ${outcome}`) ?? 0,
            `${phase} ${identity} ${outcome}`,
          ).toBeGreaterThan(runs / 50);
  });
});

interface Done {
  readonly 'channel-setup': Readonly<Record<Identity, 'allowed' | 'denied'>>;
  readonly delivery: Readonly<Record<Identity, 'allowed' | 'denied'>>;
  readonly verification: Awaited<ReturnType<typeof verifyChannel>>;
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
  const phaseAs = async (
    phase: 'channel-setup' | 'delivery',
    identity: Identity,
  ): Promise<'allowed' | 'denied'> => {
    for (const file of filesOf[phase]) {
      const content = { body: Buffer.from(file), encoding: null };
      const result = await attempt(app.doors, { phase, file, delivery, content }, identity);
      if (result.outcome === 'denied') return 'denied';
    }
    return 'allowed';
  };
  const phaseOf = async (phase: 'channel-setup' | 'delivery') => ({
    role: await phaseAs(phase, 'role'),
    'service-principal': await phaseAs(phase, 'service-principal'),
  });
  const done: Done = {
    'channel-setup': await phaseOf('channel-setup'),
    delivery: await phaseOf('delivery'),
    verification: await verifyChannel(app.doors, channel, atMillis),
  };
  return { report, done };
}

function saidIn(report: Report) {
  return report.phases
    .filter(
      (phase): phase is typeof phase & { phase: Exclude<PhaseName, 'notification'> } =>
        phase.phase !== 'notification',
    )
    .flatMap(({ phase, attempts }) =>
      attempts.map(({ identity, outcome }) => ({ phase, identity, outcome })),
    );
}
