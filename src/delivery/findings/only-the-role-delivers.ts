import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';
import { placeOf } from './refused-steps.ts';

/** spec: DLV-FALLBACK-1 */
export const onlyTheRoleDelivers: DeliveryRule = {
  code: 'only-the-role-delivers',
  severity: 'suggestion',
  title: 'deliveries work as the role only',
  why: 'Where the recorder is moved to the service-linked role (as Security Hub asks), AWS Config writes as its service principal. What lets in the role alone then stops delivering.',
  url: awsPages.configKeyPolicy,
  *find({ phases }) {
    const delivery = phases.find(({ phase }) => phase === 'delivery');
    const attempt = delivery?.attempts.find(({ identity }) => identity === 'service-principal');
    if (delivery?.deliveredAs !== 'role' || attempt?.outcome !== 'denied') return;
    const step = attempt.steps.find(({ required, outcome }) => required === 'always' && outcome === 'denied');
    if (step === undefined) return;
    yield {
      message: `only the role delivers: as the service principal ${step.action} is refused, so moving the recorder to the service-linked role stops deliveries`,
      next: 'allow `config.amazonaws.com` as well, with a condition on aws:SourceAccount',
      ...placeOf({ attempt, step }, step.step.target === 'key' ? 'keys' : 'buckets'),
    };
  },
};
