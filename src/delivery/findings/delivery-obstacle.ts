import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';
import type { StepJudgement } from '../judge.ts';
import { obstacles, type Obstacle, type ObstacleCode } from '../obstacles.ts';
import type { Situation } from '../situation.ts';

/** What keeps the delivery from succeeding whatever the policies say; the obstacle's code is the finding's. */
export const deliveryObstacle: DeliveryRule = {
  code: 'delivery-obstacle',
  severity: 'error',
  title: 'something stands in the way that no policy can change',
  why: "The key's Region or state, the bucket's object lock, the topic's Region: AWS refuses whatever the policies allow.",
  url: awsPages.configKeyPolicy,
  *find({ phases, situation }) {
    const told = new Set<ObstacleCode>();
    const met = phases
      .flatMap(({ attempts }) => attempts)
      .flatMap(({ identity, steps }) => steps.map((step) => ({ identity, step })));
    for (const [code, obstacle] of Object.entries(obstacles) as [ObstacleCode, Obstacle][]) {
      for (const { identity, step } of met) {
        // Asked again, because a refusal by policy may have hidden it.
        const message =
          obstacle.counts === 'over-allow' && step.reason !== code
            ? null
            : obstacle.meets(situation, step.step, identity);
        if (message === null || told.has(code)) continue;
        told.add(code);
        yield {
          code,
          severity: obstacle.outcome === 'denied' ? 'error' : 'warning',
          message,
          next: obstacle.next(situation),
          source: sourceOf(step, situation),
          pointer: '',
        };
      }
    }
  },
};

function sourceOf(
  { step }: StepJudgement,
  { bucket, encryptionKey, topic, topicKey, delivery }: Situation,
): string {
  const key = step.target === 'topic-key' ? topicKey : encryptionKey;
  switch (step.target) {
    case 'key':
    case 'topic-key':
      if ('key' in key && key.key.state === 'found') return key.key.source;
      return delivery.channelKey === null && bucket.state === 'found'
        ? `${bucket.source}.encryption`
        : 'deliveryChannel.s3KmsKeyArn';
    case 'topic':
      return topic?.state === 'found' ? topic.source : 'deliveryChannel.snsTopicARN';
    case 'bucket':
    case 'object':
      return bucket.state === 'found' ? bucket.source : 'deliveryChannel.s3BucketName';
    case 'role':
      return 'recorder.roleARN';
  }
}
