/** Every rule, by its code: an object literal, so that a code can't stand twice. */
import type { LintRule } from './lint-rule.ts';
import { accountIdNotTwelveDigits } from './rules/account-id-not-twelve-digits.ts';
import { asterisksAroundArn } from './rules/asterisks-around-arn.ts';
import { denyWithoutServiceException } from './rules/deny-without-service-exception.ts';
import { missingVersion } from './rules/missing-version.ts';
import { placeholderNotSubstituted } from './rules/placeholder-not-substituted.ts';
import { principalKeyForServicePrincipal } from './rules/principal-key-for-service-principal.ts';
import { servicePrincipalWithoutSource } from './rules/service-principal-without-source.ts';
import { sourceAccountNotTheRecorder } from './rules/source-account-not-the-recorder.ts';
import { sourceArnMatchesNoDeliveryChannel } from './rules/source-arn-matches-no-delivery-channel.ts';
import { variableWithoutVersion } from './rules/variable-without-version.ts';

export const lintRules = {
  'account-id-not-twelve-digits': accountIdNotTwelveDigits,
  'asterisks-around-arn': asterisksAroundArn,
  'deny-without-service-exception': denyWithoutServiceException,
  'missing-version': missingVersion,
  'placeholder-not-substituted': placeholderNotSubstituted,
  'principal-key-for-service-principal': principalKeyForServicePrincipal,
  'service-principal-without-source': servicePrincipalWithoutSource,
  'source-account-not-the-recorder': sourceAccountNotTheRecorder,
  'source-arn-matches-no-delivery-channel': sourceArnMatchesNoDeliveryChannel,
  'variable-without-version': variableWithoutVersion,
} as const satisfies Record<string, LintRule>;

export type LintCode = keyof typeof lintRules;
