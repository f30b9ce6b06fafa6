/**
 * The rows of the plan that the worker sends, with what they are about. It sends nothing else: a request that is no
 * row of the table cannot be made.
 */
import {
  deliveryPlan,
  type Delivery,
  type DeliveredFileName,
  type DeliveryStep,
  type Identity,
  type PhaseName,
} from '../plan.ts';
import type { ChannelFacts } from './ports.ts';

/** The requests of one attempt in their order: those about no file, and those that write `file`. */
export function plannedRequests(
  phase: PhaseName,
  identity: Identity,
  delivery: Delivery,
  file: DeliveredFileName,
): readonly DeliveryStep[] {
  return deliveryPlan.filter(
    (step) =>
      step.phase === phase &&
      step.as.includes(identity) &&
      step.sentBy === 'worker' &&
      step.applies(delivery, identity) &&
      (step.target !== 'object' || step.id.startsWith(`${file}.`)),
  );
}

/** The facts of a channel in the plan's form. What only its conditions ask about is not known here and not needed. */
export function planned(
  channel: ChannelFacts,
  file: {
    readonly atMillis: number;
    readonly configSnapshotId: string;
    /** What is written is written for a topic's sake. */
    readonly isForTopic?: boolean;
  },
): Delivery {
  const none = { kind: 'none' } as const;
  return {
    partition: channel.partition,
    account: channel.account,
    region: channel.region,
    organization: none,
    roleArn: channel.roleArn,
    bucket: {
      name: channel.s3BucketName,
      account: null,
      organization: none,
      region: channel.region,
      areAclsEnabled: false,
      isBucketKeyEnabled: false,
    },
    prefix: channel.s3KeyPrefix,
    channelKey: channel.s3KmsKeyArn,
    key: null,
    topic:
      file.isForTopic === true
        ? { arn: '', region: channel.region, account: null, organization: none, key: null }
        : null,
    atMillis: file.atMillis,
    configSnapshotId: file.configSnapshotId,
    resourceType: '',
    resourceId: '',
  };
}

/** The key within the bucket of the object that this row writes. */
export function objectKeyOf(step: DeliveryStep, delivery: Delivery): string {
  const arn = step.resource(delivery);
  return arn.slice(`arn:${delivery.partition}:s3:::${delivery.bucket.name}/`.length);
}
