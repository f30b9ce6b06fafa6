/** What the rules about single policies say of the policies that take part in the delivery, knowing what it is. */
import type { ServiceAuthorization } from '../aws/service-authorization.ts';
import type { Finding } from '../lint/finding.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import type { DeliveryFacts } from '../lint/lint-rule.ts';
import type { CompiledSetup } from '../setup/compile-setup.ts';
import type { LoadedPolicy } from '../setup/loaded-setup.ts';
import { storedText } from '../setup/stored-text.ts';
import type { Situation } from './situation.ts';

/** @param authorization data of services beyond those of a delivery; without it rules that need more stay silent */
export function policyFindings(
  situation: Situation,
  compiled: CompiledSetup,
  authorization: ServiceAuthorization,
): readonly Finding[] {
  const facts = deliveryFacts(situation);
  return partakingPolicies(situation, compiled).flatMap((policy) => {
    const { value, type } = policy.slot;
    return lintPolicy({ value, type, source: policy, text: storedText(policy), facts, authorization });
  });
}

/** The policies of the setup that decide about this delivery. Others may be about other deliveries. */
export function partakingPolicies(
  { role, bucket, encryptionKey, topic, topicKey, delivery }: Situation,
  compiled: CompiledSetup,
): readonly LoadedPolicy[] {
  const places = [
    role.state === 'found' ? role.source : null,
    bucket.state === 'found' ? bucket.source : null,
    topic?.state === 'found' ? topic.source : null,
    ...[encryptionKey, topicKey].map((key) =>
      'key' in key && key.key.state === 'found' ? key.key.source : null,
    ),
    ...organizationPlaces(compiled, [
      delivery.account,
      delivery.bucket.account,
      delivery.key?.account ?? null,
      delivery.topic?.account ?? null,
      delivery.topic?.key?.account ?? null,
    ]),
  ].filter((place) => place !== null);
  return [...compiled.loaded.policySources.values()].filter(({ source }) =>
    places.some((place) => source.startsWith(`${place}.`)),
  );
}

function organizationPlaces(compiled: CompiledSetup, accounts: readonly (string | null)[]): string[] {
  const listed = compiled.loaded.setup.organization?.accounts ?? [];
  return listed.flatMap(({ id }, i) => (accounts.includes(id) ? [`organization.accounts[${i}]`] : []));
}

/** spec: DLV-FACTS-1 */
function deliveryFacts({ delivery, encryptionKey, setup }: Situation): DeliveryFacts {
  const { bucket, topic } = delivery;
  return {
    recorderAccount: delivery.account,
    recorderRegion: delivery.region,
    roleArn: delivery.roleArn,
    bucketName: bucket.name,
    bucketRegion: bucket.region,
    ...(bucket.account === null ? {} : { bucketAccount: bucket.account }),
    prefix: delivery.prefix,
    ...(encryptionKey.kind === 'unknown'
      ? {}
      : { keyArn: encryptionKey.kind === 'customer' ? encryptionKey.arn : (delivery.key?.arn ?? null) }),
    isKeyNamedByChannel: delivery.channelKey !== null,
    bucketKeyEnabled: bucket.isBucketKeyEnabled,
    topicArn: topic?.arn ?? null,
    ...(setup.organization === undefined ? {} : { organizationId: setup.organization?.id ?? null }),
  };
}
