import { carriedServiceAuthorization, type ServiceAuthorization } from '../aws/service-authorization.ts';
import type { PolicyType } from '../policy/compile.ts';
import type { PolicySource } from '../policy/decision.ts';
import { inReportOrder, type Finding } from './finding.ts';
import type { DeliveryFacts, LintContext, LintRule, RuleFinding } from './lint-rule.ts';
import { policyView } from './policy-view.ts';
import { lintRules } from './rules.ts';

export interface LintInput {
  /** The policy's JSON value. */
  readonly value: unknown;
  readonly type: PolicyType;
  readonly source: PolicySource;
  /** The policy's own text, for limits that count characters; the compact form is counted without it. */
  readonly text?: string | null;
  /** What is known of the delivery; rules that need what is not given stay silent. */
  readonly facts?: DeliveryFacts;
  /** Data of services beyond those of a delivery, from `loadServiceAuthorization`. */
  readonly authorization?: ServiceAuthorization;
}

/**
 * Every finding about one policy, in the order of the policy. Pure; never throws, whatever the value is.
 *
 * A policy that the grammar refuses is not a finding but a fault of `parsePolicy`: ask that first.
 */
export function lintPolicy(input: LintInput): Finding[] {
  return lintWith(Object.values(lintRules), input);
}

/** As `lintPolicy`, with some of the rules. */
export function lintWith(rules: readonly LintRule[], input: LintInput): Finding[] {
  const context: LintContext = {
    policy: policyView(input.value),
    type: input.type,
    source: input.source,
    text: input.text ?? null,
    facts: input.facts ?? {},
    authorization: input.authorization ?? carriedServiceAuthorization,
  };
  const findings = rules
    .filter((rule) => rule.types === undefined || rule.types.includes(input.type))
    .flatMap((rule) => [...rule.check(context)].map((found) => placed(rule, found, input.source)));
  return inReportOrder(findings);
}

function placed(rule: LintRule, found: RuleFinding, source: PolicySource): Finding {
  const place = source.locate(found.pointer);
  return {
    code: rule.code,
    severity: found.severity ?? rule.severity,
    message: found.message,
    next: found.next ?? null,
    url: rule.url,
    source: source.source,
    file: source.file,
    pointer: found.pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
    fix: found.fix ?? null,
  };
}
