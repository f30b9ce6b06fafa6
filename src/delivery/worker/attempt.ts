/**
 * One attempt: every request of a phase that one identity makes, until a required one is refused. It never borrows
 * the other identity's permissions.
 * spec: CFG-DELIVERY-3
 */
import {
  identities,
  sessionName,
  type DeliveredFileName,
  type Delivery,
  type DeliveryStep,
  type Identity,
  type PhaseName,
} from '../plan.ts';
import { objectKeyOf, plannedRequests } from './planned-requests.ts';
import type { Answer, BucketDoors, Doors, ObjectToPut } from './ports.ts';

export type Refused = Extract<Answer, { outcome: 'refused' }>;

export type AttemptResult =
  | { readonly outcome: 'allowed'; readonly identity: Identity }
  | {
      readonly outcome: 'denied';
      readonly identity: Identity;
      readonly step: DeliveryStep;
      readonly refused: Refused;
    };

/** What is to be done in an attempt. */
export interface Task {
  readonly phase: PhaseName;
  readonly file: DeliveredFileName;
  readonly delivery: Delivery;
  /** Where it is written: the key in the order. Without it, where the plan says. */
  readonly objectKey?: string;
  readonly upload: Pick<ObjectToPut, 'content' | 'encoding'>;
}

/** The task as the role, then as the service principal; the last attempt that was made. */
export async function tryBoth(doors: Doors, task: Task): Promise<AttemptResult> {
  let result: AttemptResult | null = null;
  for (const identity of identities) {
    result = await attempt(doors, task, identity);
    if (result.outcome === 'allowed' || endsPhase(result)) return result;
  }
  if (result === null) throw new Error('the plan names no identity: this is a fault of Sealpost');
  return result;
}

/** The task as this identity alone. */
export async function attempt(doors: Doors, task: Task, identity: Identity): Promise<AttemptResult> {
  const { delivery, phase, file } = task;
  let bucketDoors: BucketDoors | null =
    identity === 'service-principal' ? doors.asServicePrincipal(delivery) : null;
  const steps = plannedRequests(phase, identity, delivery, file);
  // Nothing is written of which the plan says nothing: better no delivery than one that is only told of.
  if (!steps.some(({ action }) => action === 's3:PutObject'))
    throw new Error(`the plan does not write the ${file} as the ${identity}: this is a fault of Sealpost`);
  for (const step of steps) {
    let answer: Answer;
    if (step.action === 'sts:AssumeRole') {
      const assumed = await doors.assumeRole(delivery, step.resource(delivery), sessionName(phase));
      if (!('outcome' in assumed)) {
        bucketDoors = assumed;
        continue;
      }
      answer = assumed;
    } else if (bucketDoors === null) {
      throw new Error(`the plan asks for ${step.action} before anybody can ask: this is a fault of Sealpost`);
    } else {
      answer = await send(step, bucketDoors, task);
    }
    if (answer.outcome === 'refused' && counts(step, answer, delivery))
      return { outcome: 'denied', identity, step, refused: answer };
  }
  return { outcome: 'allowed', identity };
}

/** True where AWS Config makes no second attempt: the role can't be assumed, or there is no bucket. */
export function endsPhase(result: AttemptResult): boolean {
  return (
    result.outcome === 'denied' &&
    (result.step.target === 'role' || isMissingBucket(result.step, result.refused))
  );
}

/** HeadBucket tells a missing bucket from one that may not be seen. */
export function isMissingBucket(step: DeliveryStep, refused: Refused): boolean {
  return step.action === 's3:ListBucket' && refused.status === 404;
}

function send(
  step: DeliveryStep,
  doors: BucketDoors,
  { delivery, upload, objectKey }: Task,
): Promise<Answer> {
  const bucket = delivery.bucket.name;
  switch (step.action) {
    case 's3:ListBucket':
      return doors.headBucket(bucket);
    case 's3:GetBucketAcl':
      return doors.getBucketAcl(bucket);
    case 's3:PutObject':
      return doors.putObject({
        ...upload,
        bucket,
        key: objectKey ?? objectKeyOf(step, delivery),
        s3KmsKeyArn: delivery.channelKey,
      });
    default:
      throw new Error(`the worker does not know how to send ${step.action}: this is a fault of Sealpost`);
  }
}

function counts(step: DeliveryStep, refused: Refused, delivery: Delivery): boolean {
  if (isMissingBucket(step, refused)) return true;
  // A name that is no bucket's fails when it is written to, not before.
  if (step.action === 's3:GetBucketAcl' && refused.status !== 403) return false;
  return step.required(delivery) === 'always';
}
