/**
 * Every finding about a setup: what the rules about policies say of those that take part in the delivery, and what
 * only the judged delivery shows. One registry line a rule of the second kind.
 */
import type { ServiceAuthorization } from '../aws/service-authorization.ts';
import { inReportOrder, type Finding } from '../lint/finding.ts';
import type { CompiledSetup } from '../setup/compile-setup.ts';
import type { Judgement } from './judge.ts';
import { policyFindings } from './policy-findings.ts';
import type { DeliveryFinding, DeliveryRule } from './delivery-rule.ts';
import { channelNamesNoKey } from './findings/channel-names-no-key.ts';
import { decryptNotAllowed } from './findings/decrypt-not-allowed.ts';
import { deliveryObstacle } from './findings/delivery-obstacle.ts';
import { listBucketRefused } from './findings/list-bucket-refused.ts';
import { onlyTheRoleDelivers } from './findings/only-the-role-delivers.ts';
import { putObjectAclNotAllowed } from './findings/put-object-acl-not-allowed.ts';
import { recorderRoleOfAnotherAccount } from './findings/recorder-role-of-another-account.ts';
import { rolePermissionsMissing } from './findings/role-permissions-missing.ts';

export const deliveryRules = {
  'channel-names-no-key': channelNamesNoKey,
  'decrypt-not-allowed': decryptNotAllowed,
  'delivery-obstacle': deliveryObstacle,
  'list-bucket-refused': listBucketRefused,
  'only-the-role-delivers': onlyTheRoleDelivers,
  'put-object-acl-not-allowed': putObjectAclNotAllowed,
  'recorder-role-of-another-account': recorderRoleOfAnotherAccount,
  'role-permissions-missing': rolePermissionsMissing,
} as const satisfies Record<string, DeliveryRule>;

/** All findings, in the order of a report. */
export function findingsOf(
  judgement: Judgement,
  compiled: CompiledSetup,
  authorization: ServiceAuthorization,
): readonly Finding[] {
  const ofDelivery = Object.values<DeliveryRule>(deliveryRules).flatMap((rule) =>
    [...rule.find(judgement, compiled)].map((found) => findingOf(rule, found, compiled)),
  );
  return inReportOrder([...policyFindings(judgement.situation, compiled, authorization), ...ofDelivery]);
}

function findingOf(rule: DeliveryRule, found: DeliveryFinding, compiled: CompiledSetup): Finding {
  const { loaded } = compiled;
  const policy = loaded.policySources.get(found.source);
  const place =
    policy === undefined ? loaded.locate(pointerOfSource(found.source)) : policy.locate(found.pointer);
  return {
    code: found.code ?? rule.code,
    severity: found.severity ?? rule.severity,
    message: found.message,
    next: found.next ?? null,
    url: rule.url,
    source: found.source,
    file: policy?.file ?? loaded.file,
    pointer: found.pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
    fix: null,
  };
}

/** `keys[0].policy` as the JSON pointer `/keys/0/policy`. */
function pointerOfSource(source: string): string {
  return `/${source.replaceAll(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}`;
}
