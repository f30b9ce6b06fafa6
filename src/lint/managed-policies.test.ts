import { describe, expect, it } from 'vitest';
import { findManagedPolicy, managedPolicyArns } from '../aws/managed-policies/managed-policy.ts';
import { loadServiceAuthorization } from '../aws/load-service-authorization.ts';
import { lintPolicy } from './lint-policy.ts';
import { policyView } from './policy-view.ts';

describe("AWS's own managed policies have no error", () => {
  it.each(managedPolicyArns())('%s', async (arn) => {
    const findings = await findingsOf(arn);
    expect(
      findings
        .filter(({ severity }) => severity === 'error')
        .map(({ code, pointer, message }) => [code, pointer, message]),
    ).toEqual([]);
  });
});

// The reference of Access Analyzer names policies of AWS that have a finding. spec: LINT-AA-1
it.each([
  ['AdministratorAccess', 'create-slr-with-star-in-action-and-resource'],
  ['AdministratorAccess', 'pass-role-with-star-in-action-and-resource'],
  ['IAMFullAccess', 'create-slr-with-star-in-action-and-resource'],
  ['IAMFullAccess', 'pass-role-with-star-in-action-and-resource'],
  ['PowerUserAccess', 'create-slr-with-star-in-resource'],
  ['ReadOnlyAccess', 'policy-size-exceeds-identity-policy-quota'],
])('%s has the finding %s, as AWS says', async (name, code) => {
  const findings = await findingsOf(`arn:aws:iam::aws:policy/${name}`);
  expect(findings.map((finding) => finding.code)).toContain(code);
});

async function findingsOf(arn: string) {
  const value = findManagedPolicy(arn)!.document;
  const prefixes = policyView(value).statements.flatMap(({ actions }) =>
    (actions ?? []).map(({ text }) => text.split(':')[0] ?? ''),
  );
  return lintPolicy({
    value,
    type: 'identity',
    source: { source: arn, label: arn, file: null, locate: () => null },
    authorization: await loadServiceAuthorization(prefixes),
  });
}
