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
import { duplicateKeysWithDifferentCase } from './rules/duplicate-keys-with-different-case.ts';
import { encryptionContextAgainstBucketKey } from './rules/encryption-context-against-bucket-key.ts';
import { encryptionHeaderDeny } from './rules/encryption-header-deny.ts';
import { everyoneWithoutCondition } from './rules/everyone-without-condition.ts';
import { forallvaluesWithSingleValuedKey } from './rules/forallvalues-with-single-valued-key.ts';
import { improveIpRange } from './rules/improve-ip-range.ts';
import { invalidAction } from './rules/invalid-action.ts';
import { invalidConditionDataType } from './rules/invalid-condition-data-type.ts';
import { invalidConditionKeyFormat } from './rules/invalid-condition-key-format.ts';
import { invalidConditionMultipleBoolean } from './rules/invalid-condition-multiple-boolean.ts';
import { invalidConditionOperator } from './rules/invalid-condition-operator.ts';
import { invalidDateValue } from './rules/invalid-date-value.ts';
import { invalidGlobalConditionKey } from './rules/invalid-global-condition-key.ts';
import { invalidKmsKeyValue } from './rules/invalid-kms-key-value.ts';
import { invalidRegion } from './rules/invalid-region.ts';
import { invalidServiceConditionKey } from './rules/invalid-service-condition-key.ts';
import { invalidServiceInAction } from './rules/invalid-service-in-action.ts';
import { invalidVpcFormat } from './rules/invalid-vpc-format.ts';
import { invalidVpceFormat } from './rules/invalid-vpce-format.ts';
import { keyActionsMissing } from './rules/key-actions-missing.ts';
import { keyPolicyNamesAnotherResource } from './rules/key-policy-names-another-resource.ts';
import { keyPolicyWithoutAccount } from './rules/key-policy-without-account.ts';
import { keyStatementWithoutResource } from './rules/key-statement-without-resource.ts';
import { missingPairedConditionKeys } from './rules/missing-paired-condition-keys.ts';
import { missingQualifier } from './rules/missing-qualifier.ts';
import { missingTagKeyInCondition } from './rules/missing-tag-key-in-condition.ts';
import { missingVersion } from './rules/missing-version.ts';
import { nullWithIfExists } from './rules/null-with-if-exists.ts';
import { nullWithQualifier } from './rules/null-with-qualifier.ts';
import { placeholderNotSubstituted } from './rules/placeholder-not-substituted.ts';
import { principalKeyForServicePrincipal } from './rules/principal-key-for-service-principal.ts';
import { privateIpAddress } from './rules/private-ip-address.ts';
import { privateNotIpAddress } from './rules/private-not-ip-address.ts';
import { redundantAction } from './rules/redundant-action.ts';
import { redundantConditionValueNum } from './rules/redundant-condition-value-num.ts';
import { redundantResource } from './rules/redundant-resource.ts';
import { redundantStatement } from './rules/redundant-statement.ts';
import { resourceAliasesInKeyPolicy } from './rules/resource-aliases-in-key-policy.ts';
import { s3PrefixInNegativeContext } from './rules/s3-prefix-in-negative-context.ts';
import { serviceLinkedRoleAsPrincipal } from './rules/service-linked-role-as-principal.ts';
import { servicePrincipalWithoutSource } from './rules/service-principal-without-source.ts';
import { shadowedByDeny } from './rules/shadowed-by-deny.ts';
import { sourceAccountNotTheRecorder } from './rules/source-account-not-the-recorder.ts';
import { sourceArnMatchesNoDeliveryChannel } from './rules/source-arn-matches-no-delivery-channel.ts';
import { sourceKeyForIamPrincipal } from './rules/source-key-for-iam-principal.ts';
import { stringLikeOperatorWithArnConditionKeys } from './rules/string-like-operator-with-arn-condition-keys.ts';
import { typeMismatch } from './rules/type-mismatch.ts';
import { typeMismatchBoolean } from './rules/type-mismatch-boolean.ts';
import { typeMismatchDate } from './rules/type-mismatch-date.ts';
import { typeMismatchIpRange } from './rules/type-mismatch-ip-range.ts';
import { typeMismatchNumber } from './rules/type-mismatch-number.ts';
import { unsupportedActionForConditionKey } from './rules/unsupported-action-for-condition-key.ts';
import { unsupportedGlobalConditionKey } from './rules/unsupported-global-condition-key.ts';
import { untrustworthyConditionKey } from './rules/untrustworthy-condition-key.ts';
import { variableWithoutVersion } from './rules/variable-without-version.ts';
import { viaServiceForServicePrincipal } from './rules/via-service-for-service-principal.ts';
import { viaServiceOfAnotherRegion } from './rules/via-service-of-another-region.ts';
import { wildcardInServiceName } from './rules/wildcard-in-service-name.ts';
import { wildcardWithoutLikeOperator } from './rules/wildcard-without-like-operator.ts';

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
  'duplicate-keys-with-different-case': duplicateKeysWithDifferentCase,
  'encryption-context-against-bucket-key': encryptionContextAgainstBucketKey,
  'encryption-header-deny': encryptionHeaderDeny,
  'everyone-without-condition': everyoneWithoutCondition,
  'forallvalues-with-single-valued-key': forallvaluesWithSingleValuedKey,
  'improve-ip-range': improveIpRange,
  'invalid-action': invalidAction,
  'invalid-condition-data-type': invalidConditionDataType,
  'invalid-condition-key-format': invalidConditionKeyFormat,
  'invalid-condition-multiple-boolean': invalidConditionMultipleBoolean,
  'invalid-condition-operator': invalidConditionOperator,
  'invalid-date-value': invalidDateValue,
  'invalid-global-condition-key': invalidGlobalConditionKey,
  'invalid-kms-key-value': invalidKmsKeyValue,
  'invalid-region': invalidRegion,
  'invalid-service-condition-key': invalidServiceConditionKey,
  'invalid-service-in-action': invalidServiceInAction,
  'invalid-vpc-format': invalidVpcFormat,
  'invalid-vpce-format': invalidVpceFormat,
  'key-actions-missing': keyActionsMissing,
  'key-policy-names-another-resource': keyPolicyNamesAnotherResource,
  'key-policy-without-account': keyPolicyWithoutAccount,
  'key-statement-without-resource': keyStatementWithoutResource,
  'missing-paired-condition-keys': missingPairedConditionKeys,
  'missing-qualifier': missingQualifier,
  'missing-tag-key-in-condition': missingTagKeyInCondition,
  'missing-version': missingVersion,
  'null-with-if-exists': nullWithIfExists,
  'null-with-qualifier': nullWithQualifier,
  'placeholder-not-substituted': placeholderNotSubstituted,
  'principal-key-for-service-principal': principalKeyForServicePrincipal,
  'private-ip-address': privateIpAddress,
  'private-not-ip-address': privateNotIpAddress,
  'redundant-action': redundantAction,
  'redundant-condition-value-num': redundantConditionValueNum,
  'redundant-resource': redundantResource,
  'redundant-statement': redundantStatement,
  'resource-aliases-in-key-policy': resourceAliasesInKeyPolicy,
  's3-prefix-in-negative-context': s3PrefixInNegativeContext,
  'service-linked-role-as-principal': serviceLinkedRoleAsPrincipal,
  'service-principal-without-source': servicePrincipalWithoutSource,
  'shadowed-by-deny': shadowedByDeny,
  'source-account-not-the-recorder': sourceAccountNotTheRecorder,
  'source-arn-matches-no-delivery-channel': sourceArnMatchesNoDeliveryChannel,
  'source-key-for-iam-principal': sourceKeyForIamPrincipal,
  'string-like-operator-with-arn-condition-keys': stringLikeOperatorWithArnConditionKeys,
  'type-mismatch': typeMismatch,
  'type-mismatch-boolean': typeMismatchBoolean,
  'type-mismatch-date': typeMismatchDate,
  'type-mismatch-ip-range': typeMismatchIpRange,
  'type-mismatch-number': typeMismatchNumber,
  'unsupported-action-for-condition-key': unsupportedActionForConditionKey,
  'unsupported-global-condition-key': unsupportedGlobalConditionKey,
  'untrustworthy-condition-key': untrustworthyConditionKey,
  'variable-without-version': variableWithoutVersion,
  'via-service-for-service-principal': viaServiceForServicePrincipal,
  'via-service-of-another-region': viaServiceOfAnotherRegion,
  'wildcard-in-service-name': wildcardInServiceName,
  'wildcard-without-like-operator': wildcardWithoutLikeOperator,
} as const satisfies Record<string, LintRule>;

export type LintCode = keyof typeof lintRules;
