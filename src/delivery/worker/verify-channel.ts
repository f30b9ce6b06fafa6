/** What PutDeliveryChannel checks: the requests of the channel-setup phase, the check file included. */
import { isMissingBucket, tryBoth, type AttemptResult } from './attempt.ts';
import { contentOf } from './file-content.ts';
import { planned } from './planned-requests.ts';
import type { ChannelFacts, Doors } from './ports.ts';
import type { Identity } from '../plan.ts';

export type ChannelVerification =
  | { readonly outcome: 'verified'; readonly deliversAs: Identity }
  | {
      readonly outcome: 'refused';
      readonly fault: 'role-not-assumable' | 'bucket-missing' | 'acl-not-readable' | 'not-writable';
    };

/** Writes the check file if it may. Where both identities are refused, the service principal's first refusal counts. */
export async function verifyChannel(
  doors: Doors,
  channel: ChannelFacts,
  nowMillis: number,
): Promise<ChannelVerification> {
  const result = await tryBoth(doors, {
    phase: 'channel-setup',
    file: 'check-file',
    delivery: planned(channel, { atMillis: nowMillis, configSnapshotId: '' }),
    upload: { content: contentOf(new Uint8Array()), encoding: null },
  });
  if (result.outcome === 'allowed') return { outcome: 'verified', deliversAs: result.identity };
  return { outcome: 'refused', fault: faultOf(result) };
}

function faultOf({ step, refused }: Extract<AttemptResult, { outcome: 'denied' }>) {
  if (step.target === 'role') return 'role-not-assumable';
  if (isMissingBucket(step, refused)) return 'bucket-missing';
  return step.action === 's3:GetBucketAcl' ? 'acl-not-readable' : 'not-writable';
}
