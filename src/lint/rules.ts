/** Every rule, by its code: an object literal, so that a code can't stand twice. */
import type { LintRule } from './lint-rule.ts';
import { accountIdNotTwelveDigits } from './rules/account-id-not-twelve-digits.ts';
import { aclConditionBlocksDelivery } from './rules/acl-condition-blocks-delivery.ts';
import { aclConditionOnWrongAction } from './rules/acl-condition-on-wrong-action.ts';
import { actionDoesNotApplyToResource } from './rules/action-does-not-apply-to-resource.ts';
import { asterisksAroundArn } from './rules/asterisks-around-arn.ts';
import { awsWouldRefuse } from './rules/aws-would-refuse.ts';
import { bucketOwnerFullControlMissing } from './rules/bucket-owner-full-control-missing.ts';
import { deliveryPathNotCovered } from './rules/delivery-path-not-covered.ts';
import { denyWithoutServiceException } from './rules/deny-without-service-exception.ts';
import { encryptionContextAgainstBucketKey } from './rules/encryption-context-against-bucket-key.ts';
import { encryptionHeaderDeny } from './rules/encryption-header-deny.ts';
import { everyoneWithoutCondition } from './rules/everyone-without-condition.ts';
import { keyActionsMissing } from './rules/key-actions-missing.ts';
import { keyPolicyNamesAnotherResource } from './rules/key-policy-names-another-resource.ts';
import { keyPolicyWithoutAccount } from './rules/key-policy-without-account.ts';
import { keyStatementWithoutResource } from './rules/key-statement-without-resource.ts';
import { missingVersion } from './rules/missing-version.ts';
import { placeholderNotSubstituted } from './rules/placeholder-not-substituted.ts';
import { principalKeyForServicePrincipal } from './rules/principal-key-for-service-principal.ts';
import { resourceAliasesInKeyPolicy } from './rules/resource-aliases-in-key-policy.ts';
import { serviceLinkedRoleAsPrincipal } from './rules/service-linked-role-as-principal.ts';
import { servicePrincipalWithoutSource } from './rules/service-principal-without-source.ts';
import { shadowedByDeny } from './rules/shadowed-by-deny.ts';
import { sourceAccountNotTheRecorder } from './rules/source-account-not-the-recorder.ts';
import { sourceArnMatchesNoDeliveryChannel } from './rules/source-arn-matches-no-delivery-channel.ts';
import { sourceKeyForIamPrincipal } from './rules/source-key-for-iam-principal.ts';
import { variableWithoutVersion } from './rules/variable-without-version.ts';
import { viaServiceForServicePrincipal } from './rules/via-service-for-service-principal.ts';
import { viaServiceOfAnotherRegion } from './rules/via-service-of-another-region.ts';

export const lintRules = {
  'account-id-not-twelve-digits': accountIdNotTwelveDigits,
  'acl-condition-blocks-delivery': aclConditionBlocksDelivery,
  'acl-condition-on-wrong-action': aclConditionOnWrongAction,
  'action-does-not-apply-to-resource': actionDoesNotApplyToResource,
  'asterisks-around-arn': asterisksAroundArn,
  'aws-would-refuse': awsWouldRefuse,
  'bucket-owner-full-control-missing': bucketOwnerFullControlMissing,
  'delivery-path-not-covered': deliveryPathNotCovered,
  'deny-without-service-exception': denyWithoutServiceException,
  'encryption-context-against-bucket-key': encryptionContextAgainstBucketKey,
  'encryption-header-deny': encryptionHeaderDeny,
  'everyone-without-condition': everyoneWithoutCondition,
  'key-actions-missing': keyActionsMissing,
  'key-policy-names-another-resource': keyPolicyNamesAnotherResource,
  'key-policy-without-account': keyPolicyWithoutAccount,
  'key-statement-without-resource': keyStatementWithoutResource,
  'missing-version': missingVersion,
  'placeholder-not-substituted': placeholderNotSubstituted,
  'principal-key-for-service-principal': principalKeyForServicePrincipal,
  'resource-aliases-in-key-policy': resourceAliasesInKeyPolicy,
  'service-linked-role-as-principal': serviceLinkedRoleAsPrincipal,
  'service-principal-without-source': servicePrincipalWithoutSource,
  'shadowed-by-deny': shadowedByDeny,
  'source-account-not-the-recorder': sourceAccountNotTheRecorder,
  'source-arn-matches-no-delivery-channel': sourceArnMatchesNoDeliveryChannel,
  'source-key-for-iam-principal': sourceKeyForIamPrincipal,
  'variable-without-version': variableWithoutVersion,
  'via-service-for-service-principal': viaServiceForServicePrincipal,
  'via-service-of-another-region': viaServiceOfAnotherRegion,
} as const satisfies Record<string, LintRule>;

export type LintCode = keyof typeof lintRules;
