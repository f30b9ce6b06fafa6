/** Who has to act where no edit of the policies can help. spec: FIX-5 */
import type { StepJudgement } from '../judge.ts';
import { obstacles, type Obstacle } from '../obstacles.ts';
import type { Blocker } from '../report.ts';
import type { FixView } from './fix-view.ts';

/** What stands in the way of a step for which no edit was found. */
export function blockerOf(step: StepJudgement, view: FixView): Blocker {
  const { situation } = view;
  const [statement] = step.decision.statements;
  const obstacle = obstacleOf(step);
  if (obstacle !== null) {
    return { ...placeOf(step, view), summary: `${step.message}; ${obstacle.next(situation)}` };
  }
  const source = statement?.policy.source ?? placeOf(step, view).source;
  const { reason } = step.decision;
  if (reason.startsWith('no-scp') || reason.startsWith('scp') || reason.startsWith('rcp')) {
    const { organization } = situation.setup;
    const manager = organization?.managementAccount;
    return {
      source: source.startsWith('organization') ? source : 'organization',
      owner: `whoever manages the policies of the organization ${organization?.id ?? ''}${manager === undefined ? '' : ` (its management account is ${manager})`}`,
      summary: step.message,
    };
  }
  return { ...placeOf(step, view), source, summary: step.message };
}

function obstacleOf({ reason }: StepJudgement): Obstacle | null {
  const table: Readonly<Record<string, Obstacle | undefined>> = obstacles;
  return Object.hasOwn(table, reason) ? (table[reason] ?? null) : null;
}

function placeOf({ step }: StepJudgement, { situation }: FixView): Pick<Blocker, 'source' | 'owner'> {
  const { delivery, bucket, encryptionKey, topicKey, topic, role, recorder } = situation;
  const account = (id: string | null | undefined): string =>
    id == null || id === '' ? 'the owner, whose account was not given' : `the account ${id}`;
  switch (step.target) {
    case 'role':
      return {
        source: role.state === 'found' ? role.source : 'recorder.roleARN',
        owner: account(delivery.roleArn.split(':')[4]),
      };
    case 'bucket':
    case 'object':
      return {
        source: bucket.state === 'found' ? bucket.source : 'deliveryChannel.s3BucketName',
        owner: account(delivery.bucket.account),
      };
    case 'key': {
      const key = 'key' in encryptionKey ? encryptionKey.key : null;
      if (key?.state === 'found') return { source: key.source, owner: account(delivery.key?.account) };
      const isChannels = situation.channel.s3KmsKeyArn != null;
      return {
        source:
          isChannels || bucket.state !== 'found'
            ? 'deliveryChannel.s3KmsKeyArn'
            : `${bucket.source}.encryption`,
        owner: isChannels ? account(recorder.account) : account(delivery.bucket.account),
      };
    }
    case 'topic':
      return {
        source: topic?.state === 'found' ? topic.source : 'deliveryChannel.snsTopicARN',
        owner: account(delivery.topic?.account),
      };
    case 'topic-key': {
      const key = 'key' in topicKey ? topicKey.key : null;
      return {
        source:
          key?.state === 'found'
            ? key.source
            : topic?.state === 'found'
              ? `${topic.source}.kmsMasterKeyId`
              : 'topics',
        owner: account(delivery.topic?.key?.account ?? delivery.topic?.account),
      };
    }
  }
}
