import { describe, expect, it } from 'vitest';
import { findManagedPolicy, managedPolicyArns } from '../aws/managed-policies/managed-policy.ts';
import { loadServiceAuthorization } from '../aws/service-authorization.ts';
import { lintPolicy } from './lint-policy.ts';
import { policyView } from './policy-view.ts';

describe("AWS's own managed policies have no error", () => {
  it.each(managedPolicyArns())('%s', async (arn) => {
    const value = findManagedPolicy(arn)!.document;
    const prefixes = policyView(value).statements.flatMap(({ actions }) =>
      (actions ?? []).map(({ text }) => text.split(':')[0] ?? ''),
    );
    const findings = lintPolicy({
      value,
      type: 'identity',
      source: { source: arn, label: arn, file: null, locate: () => null },
      authorization: await loadServiceAuthorization(prefixes),
    });
    expect(
      findings
        .filter(({ severity }) => severity === 'error')
        .map(({ code, pointer, message }) => [code, pointer, message]),
    ).toEqual([]);
  });
});
