import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadServiceAuthorization } from '../aws/load-service-authorization.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import type { Severity } from './finding.ts';
import { lintPolicy } from './lint-policy.ts';
import type { DeliveryFacts } from './lint-rule.ts';
import { policyView } from './policy-view.ts';

/** One row of cases/lint: a policy and every finding about it, in the order of a report. */
interface LintCase {
  readonly name: string;
  readonly why: string;
  readonly type: PolicyType;
  readonly policy: unknown;
  readonly facts?: DeliveryFacts;
  readonly expect: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly pointer: string;
  }[];
}

const folder = new URL('../../cases/lint/', import.meta.url);

describe.each(readdirSync(folder))('cases/lint/%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as LintCase[];
  it.each(cases.map((row) => [row.name, row] as const))(
    '%s',
    async (_, { policy, type, facts, expect: expected }) => {
      const source = { source: 'policy', label: 'the policy', file: null, locate: () => null };
      const authorization = await loadServiceAuthorization(actionPrefixes(policy));
      const findings = lintPolicy({
        value: policy,
        type,
        source,
        authorization,
        ...(facts === undefined ? {} : { facts }),
      });
      expect(findings.map(({ code, severity, pointer }) => ({ code, severity, pointer }))).toEqual(expected);
    },
  );
});

function actionPrefixes(policy: unknown): readonly string[] {
  return policyView(policy).statements.flatMap(({ actions, notActions }) =>
    [...(actions ?? []), ...(notActions ?? [])].map(({ text }) => text.split(':')[0] ?? ''),
  );
}
