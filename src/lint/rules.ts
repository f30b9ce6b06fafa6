/** Every rule, by its code: an object literal, so that a code can't stand twice. */
import type { LintRule } from './lint-rule.ts';
import { accountIdNotTwelveDigits } from './rules/account-id-not-twelve-digits.ts';
import { aclConditionBlocksDelivery } from './rules/acl-condition-blocks-delivery.ts';
import { aclConditionOnWrongAction } from './rules/acl-condition-on-wrong-action.ts';
import { actionDoesNotApplyToResource } from './rules/action-does-not-apply-to-resource.ts';
import { allowNotactionWithUnsupportedTagConditionKeyForService } from './rules/allow-notaction-with-unsupported-tag-condition-key-for-service.ts';
import { allowWithNotPrincipal } from './rules/allow-with-not-principal.ts';
import { allowWithUnsupportedTagConditionKeyForService } from './rules/allow-with-unsupported-tag-condition-key-for-service.ts';
import { arnAccountNotAllowed } from './rules/arn-account-not-allowed.ts';
import { arnRegionNotAllowed } from './rules/arn-region-not-allowed.ts';
import { asterisksAroundArn } from './rules/asterisks-around-arn.ts';
import { awsWouldRefuse } from './rules/aws-would-refuse.ts';
import { bucketOwnerFullControlMissing } from './rules/bucket-owner-full-control-missing.ts';
import { confirmAudienceClaimType } from './rules/confirm-audience-claim-type.ts';
import { createSlrWithNotActionAndNotResource } from './rules/create-slr-with-not-action-and-not-resource.ts';
import { createSlrWithNotResource } from './rules/create-slr-with-not-resource.ts';
import { createSlrWithStarInActionAndNotResource } from './rules/create-slr-with-star-in-action-and-not-resource.ts';
import { createSlrWithStarInActionAndResource } from './rules/create-slr-with-star-in-action-and-resource.ts';
import { createSlrWithStarInResource } from './rules/create-slr-with-star-in-resource.ts';
import { createSlrWithStarInResourceAndNotAction } from './rules/create-slr-with-star-in-resource-and-not-action.ts';
import { deliveryPathNotCovered } from './rules/delivery-path-not-covered.ts';
import { denyNotactionWithUnsupportedTagConditionKeyForService } from './rules/deny-notaction-with-unsupported-tag-condition-key-for-service.ts';
import { denyWithNotPrincipal } from './rules/deny-with-not-principal.ts';
import { denyWithUnsupportedTagConditionKeyForService } from './rules/deny-with-unsupported-tag-condition-key-for-service.ts';
import { denyWithoutServiceException } from './rules/deny-without-service-exception.ts';
import { duplicateKeysWithDifferentCase } from './rules/duplicate-keys-with-different-case.ts';
import { dynamodbAttributesWithoutSelect } from './rules/dynamodb-attributes-without-select.ts';
import { emptyArrayAction } from './rules/empty-array-action.ts';
import { emptyArrayCondition } from './rules/empty-array-condition.ts';
import { emptyArrayConditionForallvalues } from './rules/empty-array-condition-forallvalues.ts';
import { emptyArrayConditionForanyvalue } from './rules/empty-array-condition-foranyvalue.ts';
import { emptyArrayConditionIfexists } from './rules/empty-array-condition-ifexists.ts';
import { emptyArrayPrincipal } from './rules/empty-array-principal.ts';
import { emptyArrayResource } from './rules/empty-array-resource.ts';
import { emptyObjectCondition } from './rules/empty-object-condition.ts';
import { emptyObjectPrincipal } from './rules/empty-object-principal.ts';
import { emptySidValue } from './rules/empty-sid-value.ts';
import { emptyVariable } from './rules/empty-variable.ts';
import { encryptionContextAgainstBucketKey } from './rules/encryption-context-against-bucket-key.ts';
import { encryptionHeaderDeny } from './rules/encryption-header-deny.ts';
import { equivalentToNullFalse } from './rules/equivalent-to-null-false.ts';
import { equivalentToNullTrue } from './rules/equivalent-to-null-true.ts';
import { everyoneWithoutCondition } from './rules/everyone-without-condition.ts';
import { federatedPrincipalNotSupported } from './rules/federated-principal-not-supported.ts';
import { forallvaluesWithSingleValuedKey } from './rules/forallvalues-with-single-valued-key.ts';
import { foranyvalueWithAudienceClaimType } from './rules/foranyvalue-with-audience-claim-type.ts';
import { improveIpRange } from './rules/improve-ip-range.ts';
import { invalidAction } from './rules/invalid-action.ts';
import { invalidArnPrefix } from './rules/invalid-arn-prefix.ts';
import { invalidArnRegion } from './rules/invalid-arn-region.ts';
import { invalidArnResource } from './rules/invalid-arn-resource.ts';
import { invalidArnServiceCase } from './rules/invalid-arn-service-case.ts';
import { invalidConditionDataType } from './rules/invalid-condition-data-type.ts';
import { invalidConditionKeyFormat } from './rules/invalid-condition-key-format.ts';
import { invalidConditionMultipleBoolean } from './rules/invalid-condition-multiple-boolean.ts';
import { invalidConditionOperator } from './rules/invalid-condition-operator.ts';
import { invalidDateValue } from './rules/invalid-date-value.ts';
import { invalidFederatedPrincipalSyntaxInRoleTrustPolicy } from './rules/invalid-federated-principal-syntax-in-role-trust-policy.ts';
import { invalidGlobalConditionKey } from './rules/invalid-global-condition-key.ts';
import { invalidKmsKeyValue } from './rules/invalid-kms-key-value.ts';
import { invalidPartition } from './rules/invalid-partition.ts';
import { invalidRegion } from './rules/invalid-region.ts';
import { invalidRoleReference } from './rules/invalid-role-reference.ts';
import { invalidService } from './rules/invalid-service.ts';
import { invalidServiceConditionKey } from './rules/invalid-service-condition-key.ts';
import { invalidServiceInAction } from './rules/invalid-service-in-action.ts';
import { invalidServicePrincipalFormat } from './rules/invalid-service-principal-format.ts';
import { invalidUserReference } from './rules/invalid-user-reference.ts';
import { invalidVariableForOperator } from './rules/invalid-variable-for-operator.ts';
import { invalidVpcFormat } from './rules/invalid-vpc-format.ts';
import { invalidVpceFormat } from './rules/invalid-vpce-format.ts';
import { irrelevantConditionKeyInPolicy } from './rules/irrelevant-condition-key-in-policy.ts';
import { keyActionsMissing } from './rules/key-actions-missing.ts';
import { keyPolicyNamesAnotherResource } from './rules/key-policy-names-another-resource.ts';
import { keyPolicyWithoutAccount } from './rules/key-policy-without-account.ts';
import { keyStatementWithoutResource } from './rules/key-statement-without-resource.ts';
import { mismatchedActionForPrincipal } from './rules/mismatched-action-for-principal.ts';
import { missingActionForConditionKey } from './rules/missing-action-for-condition-key.ts';
import { missingActionForRolesAnywhereTrustPolicy } from './rules/missing-action-for-roles-anywhere-trust-policy.ts';
import { missingArnAccount } from './rules/missing-arn-account.ts';
import { missingArnField } from './rules/missing-arn-field.ts';
import { missingArnRegion } from './rules/missing-arn-region.ts';
import { missingBraceInVariable } from './rules/missing-brace-in-variable.ts';
import { missingConditionKeyForOidcPrincipal } from './rules/missing-condition-key-for-oidc-principal.ts';
import { missingGithubRepoConditionKey } from './rules/missing-github-repo-condition-key.ts';
import { missingPairedConditionKeys } from './rules/missing-paired-condition-keys.ts';
import { missingQualifier } from './rules/missing-qualifier.ts';
import { missingQuoteInVariable } from './rules/missing-quote-in-variable.ts';
import { missingTagKeyInCondition } from './rules/missing-tag-key-in-condition.ts';
import { missingVersion } from './rules/missing-version.ts';
import { nullWithIfExists } from './rules/null-with-if-exists.ts';
import { nullWithQualifier } from './rules/null-with-qualifier.ts';
import { passRoleWithNotActionAndNotResource } from './rules/pass-role-with-not-action-and-not-resource.ts';
import { passRoleWithNotResource } from './rules/pass-role-with-not-resource.ts';
import { passRoleWithStarInActionAndNotResource } from './rules/pass-role-with-star-in-action-and-not-resource.ts';
import { passRoleWithStarInActionAndResource } from './rules/pass-role-with-star-in-action-and-resource.ts';
import { passRoleWithStarInResource } from './rules/pass-role-with-star-in-resource.ts';
import { passRoleWithStarInResourceAndNotAction } from './rules/pass-role-with-star-in-resource-and-not-action.ts';
import { placeholderNotSubstituted } from './rules/placeholder-not-substituted.ts';
import { policySizeExceedsIdentityPolicyQuota } from './rules/policy-size-exceeds-identity-policy-quota.ts';
import { policySizeExceedsRcpQuota } from './rules/policy-size-exceeds-rcp-quota.ts';
import { policySizeExceedsResourcePolicyQuota } from './rules/policy-size-exceeds-resource-policy-quota.ts';
import { policySizeExceedsRoleTrustPolicyQuota } from './rules/policy-size-exceeds-role-trust-policy-quota.ts';
import { policySizeExceedsScpQuota } from './rules/policy-size-exceeds-scp-quota.ts';
import { principalKeyForServicePrincipal } from './rules/principal-key-for-service-principal.ts';
import { privateIpAddress } from './rules/private-ip-address.ts';
import { privateIpAddressSubset } from './rules/private-ip-address-subset.ts';
import { privateNotIpAddress } from './rules/private-not-ip-address.ts';
import { privateNotIpAddressSubset } from './rules/private-not-ip-address-subset.ts';
import { rcpMissingRelatedPrincipalConditionKey } from './rules/rcp-missing-related-principal-condition-key.ts';
import { rcpMissingRelatedServicePrincipalConditionKey } from './rules/rcp-missing-related-service-principal-condition-key.ts';
import { rcpMissingServiceConditionKeyNullCheck } from './rules/rcp-missing-service-condition-key-null-check.ts';
import { rcpSyntaxErrorAction } from './rules/rcp-syntax-error-action.ts';
import { rcpSyntaxErrorAllow } from './rules/rcp-syntax-error-allow.ts';
import { rcpSyntaxErrorNotaction } from './rules/rcp-syntax-error-notaction.ts';
import { rcpSyntaxErrorPrincipal } from './rules/rcp-syntax-error-principal.ts';
import { recommendedConditionKeyForServicePrincipal } from './rules/recommended-condition-key-for-service-principal.ts';
import { redundantAction } from './rules/redundant-action.ts';
import { redundantConditionValueNum } from './rules/redundant-condition-value-num.ts';
import { redundantKeyDueToWildcardInCondition } from './rules/redundant-key-due-to-wildcard-in-condition.ts';
import { redundantPrincipalInRoleTrustPolicy } from './rules/redundant-principal-in-role-trust-policy.ts';
import { redundantResource } from './rules/redundant-resource.ts';
import { redundantStatement } from './rules/redundant-statement.ts';
import { redundantStatementDueToWildcardInCondition } from './rules/redundant-statement-due-to-wildcard-in-condition.ts';
import { resourceAliasesInKeyPolicy } from './rules/resource-aliases-in-key-policy.ts';
import { roleTrustPolicyUnsupportedWildcardInPrincipal } from './rules/role-trust-policy-unsupported-wildcard-in-principal.ts';
import { s3PrefixInNegativeContext } from './rules/s3-prefix-in-negative-context.ts';
import { scpSyntaxErrorActionWildcard } from './rules/scp-syntax-error-action-wildcard.ts';
import { serviceLinkedRoleAsPrincipal } from './rules/service-linked-role-as-principal.ts';
import { servicePrincipalWithoutSource } from './rules/service-principal-without-source.ts';
import { shadowedByDeny } from './rules/shadowed-by-deny.ts';
import { sourceAccountNotTheRecorder } from './rules/source-account-not-the-recorder.ts';
import { sourceArnMatchesNoDeliveryChannel } from './rules/source-arn-matches-no-delivery-channel.ts';
import { sourceKeyForIamPrincipal } from './rules/source-key-for-iam-principal.ts';
import { specificGithubRepoAndBranchRecommended } from './rules/specific-github-repo-and-branch-recommended.ts';
import { statementWithoutPrincipal } from './rules/statement-without-principal.ts';
import { statementWithoutResource } from './rules/statement-without-resource.ts';
import { stringLikeOperatorWithArnConditionKeys } from './rules/string-like-operator-with-arn-condition-keys.ts';
import { typeMismatch } from './rules/type-mismatch.ts';
import { typeMismatchBoolean } from './rules/type-mismatch-boolean.ts';
import { typeMismatchDate } from './rules/type-mismatch-date.ts';
import { typeMismatchIpRange } from './rules/type-mismatch-ip-range.ts';
import { typeMismatchNumber } from './rules/type-mismatch-number.ts';
import { typeMismatchString } from './rules/type-mismatch-string.ts';
import { uniqueSidsRecommended } from './rules/unique-sids-recommended.ts';
import { uniqueSidsRequired } from './rules/unique-sids-required.ts';
import { unsupportedActionForConditionKey } from './rules/unsupported-action-for-condition-key.ts';
import { unsupportedActionInPolicy } from './rules/unsupported-action-in-policy.ts';
import { unsupportedGlobalConditionKey } from './rules/unsupported-global-condition-key.ts';
import { unsupportedResourceArnInPolicy } from './rules/unsupported-resource-arn-in-policy.ts';
import { unsupportedSid } from './rules/unsupported-sid.ts';
import { unsupportedSpaceInVariable } from './rules/unsupported-space-in-variable.ts';
import { unsupportedWildcardInPrincipal } from './rules/unsupported-wildcard-in-principal.ts';
import { untrustworthyConditionKey } from './rules/untrustworthy-condition-key.ts';
import { useConditionKeyOnlyWithSupportedServices } from './rules/use-condition-key-only-with-supported-services.ts';
import { variableUnsupportedInElement } from './rules/variable-unsupported-in-element.ts';
import { variableUsageTooPermissive } from './rules/variable-usage-too-permissive.ts';
import { variableWithoutVersion } from './rules/variable-without-version.ts';
import { viaServiceForServicePrincipal } from './rules/via-service-for-service-principal.ts';
import { viaServiceOfAnotherRegion } from './rules/via-service-of-another-region.ts';
import { wildcardInServiceName } from './rules/wildcard-in-service-name.ts';
import { wildcardUsageTooPermissive } from './rules/wildcard-usage-too-permissive.ts';
import { wildcardWithoutLikeOperator } from './rules/wildcard-without-like-operator.ts';

export const lintRules = {
  'account-id-not-twelve-digits': accountIdNotTwelveDigits,
  'acl-condition-blocks-delivery': aclConditionBlocksDelivery,
  'acl-condition-on-wrong-action': aclConditionOnWrongAction,
  'action-does-not-apply-to-resource': actionDoesNotApplyToResource,
  'allow-notaction-with-unsupported-tag-condition-key-for-service':
    allowNotactionWithUnsupportedTagConditionKeyForService,
  'allow-with-not-principal': allowWithNotPrincipal,
  'allow-with-unsupported-tag-condition-key-for-service': allowWithUnsupportedTagConditionKeyForService,
  'arn-account-not-allowed': arnAccountNotAllowed,
  'arn-region-not-allowed': arnRegionNotAllowed,
  'asterisks-around-arn': asterisksAroundArn,
  'aws-would-refuse': awsWouldRefuse,
  'bucket-owner-full-control-missing': bucketOwnerFullControlMissing,
  'confirm-audience-claim-type': confirmAudienceClaimType,
  'create-slr-with-not-action-and-not-resource': createSlrWithNotActionAndNotResource,
  'create-slr-with-not-resource': createSlrWithNotResource,
  'create-slr-with-star-in-action-and-not-resource': createSlrWithStarInActionAndNotResource,
  'create-slr-with-star-in-action-and-resource': createSlrWithStarInActionAndResource,
  'create-slr-with-star-in-resource': createSlrWithStarInResource,
  'create-slr-with-star-in-resource-and-not-action': createSlrWithStarInResourceAndNotAction,
  'delivery-path-not-covered': deliveryPathNotCovered,
  'deny-notaction-with-unsupported-tag-condition-key-for-service':
    denyNotactionWithUnsupportedTagConditionKeyForService,
  'deny-with-not-principal': denyWithNotPrincipal,
  'deny-with-unsupported-tag-condition-key-for-service': denyWithUnsupportedTagConditionKeyForService,
  'deny-without-service-exception': denyWithoutServiceException,
  'duplicate-keys-with-different-case': duplicateKeysWithDifferentCase,
  'dynamodb-attributes-without-select': dynamodbAttributesWithoutSelect,
  'empty-array-action': emptyArrayAction,
  'empty-array-condition': emptyArrayCondition,
  'empty-array-condition-forallvalues': emptyArrayConditionForallvalues,
  'empty-array-condition-foranyvalue': emptyArrayConditionForanyvalue,
  'empty-array-condition-ifexists': emptyArrayConditionIfexists,
  'empty-array-principal': emptyArrayPrincipal,
  'empty-array-resource': emptyArrayResource,
  'empty-object-condition': emptyObjectCondition,
  'empty-object-principal': emptyObjectPrincipal,
  'empty-sid-value': emptySidValue,
  'empty-variable': emptyVariable,
  'encryption-context-against-bucket-key': encryptionContextAgainstBucketKey,
  'encryption-header-deny': encryptionHeaderDeny,
  'equivalent-to-null-false': equivalentToNullFalse,
  'equivalent-to-null-true': equivalentToNullTrue,
  'everyone-without-condition': everyoneWithoutCondition,
  'federated-principal-not-supported': federatedPrincipalNotSupported,
  'forallvalues-with-single-valued-key': forallvaluesWithSingleValuedKey,
  'foranyvalue-with-audience-claim-type': foranyvalueWithAudienceClaimType,
  'improve-ip-range': improveIpRange,
  'invalid-action': invalidAction,
  'invalid-arn-prefix': invalidArnPrefix,
  'invalid-arn-region': invalidArnRegion,
  'invalid-arn-resource': invalidArnResource,
  'invalid-arn-service-case': invalidArnServiceCase,
  'invalid-condition-data-type': invalidConditionDataType,
  'invalid-condition-key-format': invalidConditionKeyFormat,
  'invalid-condition-multiple-boolean': invalidConditionMultipleBoolean,
  'invalid-condition-operator': invalidConditionOperator,
  'invalid-date-value': invalidDateValue,
  'invalid-federated-principal-syntax-in-role-trust-policy': invalidFederatedPrincipalSyntaxInRoleTrustPolicy,
  'invalid-global-condition-key': invalidGlobalConditionKey,
  'invalid-kms-key-value': invalidKmsKeyValue,
  'invalid-partition': invalidPartition,
  'invalid-region': invalidRegion,
  'invalid-role-reference': invalidRoleReference,
  'invalid-service': invalidService,
  'invalid-service-condition-key': invalidServiceConditionKey,
  'invalid-service-in-action': invalidServiceInAction,
  'invalid-service-principal-format': invalidServicePrincipalFormat,
  'invalid-user-reference': invalidUserReference,
  'invalid-variable-for-operator': invalidVariableForOperator,
  'invalid-vpc-format': invalidVpcFormat,
  'invalid-vpce-format': invalidVpceFormat,
  'irrelevant-condition-key-in-policy': irrelevantConditionKeyInPolicy,
  'key-actions-missing': keyActionsMissing,
  'key-policy-names-another-resource': keyPolicyNamesAnotherResource,
  'key-policy-without-account': keyPolicyWithoutAccount,
  'key-statement-without-resource': keyStatementWithoutResource,
  'mismatched-action-for-principal': mismatchedActionForPrincipal,
  'missing-action-for-condition-key': missingActionForConditionKey,
  'missing-action-for-roles-anywhere-trust-policy': missingActionForRolesAnywhereTrustPolicy,
  'missing-arn-account': missingArnAccount,
  'missing-arn-field': missingArnField,
  'missing-arn-region': missingArnRegion,
  'missing-brace-in-variable': missingBraceInVariable,
  'missing-condition-key-for-oidc-principal': missingConditionKeyForOidcPrincipal,
  'missing-github-repo-condition-key': missingGithubRepoConditionKey,
  'missing-paired-condition-keys': missingPairedConditionKeys,
  'missing-qualifier': missingQualifier,
  'missing-quote-in-variable': missingQuoteInVariable,
  'missing-tag-key-in-condition': missingTagKeyInCondition,
  'missing-version': missingVersion,
  'null-with-if-exists': nullWithIfExists,
  'null-with-qualifier': nullWithQualifier,
  'pass-role-with-not-action-and-not-resource': passRoleWithNotActionAndNotResource,
  'pass-role-with-not-resource': passRoleWithNotResource,
  'pass-role-with-star-in-action-and-not-resource': passRoleWithStarInActionAndNotResource,
  'pass-role-with-star-in-action-and-resource': passRoleWithStarInActionAndResource,
  'pass-role-with-star-in-resource': passRoleWithStarInResource,
  'pass-role-with-star-in-resource-and-not-action': passRoleWithStarInResourceAndNotAction,
  'placeholder-not-substituted': placeholderNotSubstituted,
  'policy-size-exceeds-identity-policy-quota': policySizeExceedsIdentityPolicyQuota,
  'policy-size-exceeds-rcp-quota': policySizeExceedsRcpQuota,
  'policy-size-exceeds-resource-policy-quota': policySizeExceedsResourcePolicyQuota,
  'policy-size-exceeds-role-trust-policy-quota': policySizeExceedsRoleTrustPolicyQuota,
  'policy-size-exceeds-scp-quota': policySizeExceedsScpQuota,
  'principal-key-for-service-principal': principalKeyForServicePrincipal,
  'private-ip-address': privateIpAddress,
  'private-ip-address-subset': privateIpAddressSubset,
  'private-not-ip-address': privateNotIpAddress,
  'private-not-ip-address-subset': privateNotIpAddressSubset,
  'rcp-missing-related-principal-condition-key': rcpMissingRelatedPrincipalConditionKey,
  'rcp-missing-related-service-principal-condition-key': rcpMissingRelatedServicePrincipalConditionKey,
  'rcp-missing-service-condition-key-null-check': rcpMissingServiceConditionKeyNullCheck,
  'rcp-syntax-error-action': rcpSyntaxErrorAction,
  'rcp-syntax-error-allow': rcpSyntaxErrorAllow,
  'rcp-syntax-error-notaction': rcpSyntaxErrorNotaction,
  'rcp-syntax-error-principal': rcpSyntaxErrorPrincipal,
  'recommended-condition-key-for-service-principal': recommendedConditionKeyForServicePrincipal,
  'redundant-action': redundantAction,
  'redundant-condition-value-num': redundantConditionValueNum,
  'redundant-key-due-to-wildcard-in-condition': redundantKeyDueToWildcardInCondition,
  'redundant-principal-in-role-trust-policy': redundantPrincipalInRoleTrustPolicy,
  'redundant-resource': redundantResource,
  'redundant-statement': redundantStatement,
  'redundant-statement-due-to-wildcard-in-condition': redundantStatementDueToWildcardInCondition,
  'resource-aliases-in-key-policy': resourceAliasesInKeyPolicy,
  'role-trust-policy-unsupported-wildcard-in-principal': roleTrustPolicyUnsupportedWildcardInPrincipal,
  's3-prefix-in-negative-context': s3PrefixInNegativeContext,
  'scp-syntax-error-action-wildcard': scpSyntaxErrorActionWildcard,
  'service-linked-role-as-principal': serviceLinkedRoleAsPrincipal,
  'service-principal-without-source': servicePrincipalWithoutSource,
  'shadowed-by-deny': shadowedByDeny,
  'source-account-not-the-recorder': sourceAccountNotTheRecorder,
  'source-arn-matches-no-delivery-channel': sourceArnMatchesNoDeliveryChannel,
  'source-key-for-iam-principal': sourceKeyForIamPrincipal,
  'specific-github-repo-and-branch-recommended': specificGithubRepoAndBranchRecommended,
  'statement-without-principal': statementWithoutPrincipal,
  'statement-without-resource': statementWithoutResource,
  'string-like-operator-with-arn-condition-keys': stringLikeOperatorWithArnConditionKeys,
  'type-mismatch': typeMismatch,
  'type-mismatch-boolean': typeMismatchBoolean,
  'type-mismatch-date': typeMismatchDate,
  'type-mismatch-ip-range': typeMismatchIpRange,
  'type-mismatch-number': typeMismatchNumber,
  'type-mismatch-string': typeMismatchString,
  'unique-sids-recommended': uniqueSidsRecommended,
  'unique-sids-required': uniqueSidsRequired,
  'unsupported-action-for-condition-key': unsupportedActionForConditionKey,
  'unsupported-action-in-policy': unsupportedActionInPolicy,
  'unsupported-global-condition-key': unsupportedGlobalConditionKey,
  'unsupported-resource-arn-in-policy': unsupportedResourceArnInPolicy,
  'unsupported-sid': unsupportedSid,
  'unsupported-space-in-variable': unsupportedSpaceInVariable,
  'unsupported-wildcard-in-principal': unsupportedWildcardInPrincipal,
  'untrustworthy-condition-key': untrustworthyConditionKey,
  'use-condition-key-only-with-supported-services': useConditionKeyOnlyWithSupportedServices,
  'variable-unsupported-in-element': variableUnsupportedInElement,
  'variable-usage-too-permissive': variableUsageTooPermissive,
  'variable-without-version': variableWithoutVersion,
  'via-service-for-service-principal': viaServiceForServicePrincipal,
  'via-service-of-another-region': viaServiceOfAnotherRegion,
  'wildcard-in-service-name': wildcardInServiceName,
  'wildcard-usage-too-permissive': wildcardUsageTooPermissive,
  'wildcard-without-like-operator': wildcardWithoutLikeOperator,
} as const satisfies Record<string, LintRule>;
