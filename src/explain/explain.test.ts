import { describe, expect, it } from 'vitest';
import type { Decision, StatementTrace } from '../policy/decision.ts';
import { reasons, type ReasonCode } from '../policy/reasons.ts';
import type { Explanation } from '../policy/trace.ts';
import { denialBecause } from './denial-sentence.ts';
import { decisionMessage } from './message.ts';
import { explanationTree, treeLines } from './tree.ts';

const keyPolicy = {
  source: 'keys[0].policy',
  label: 'the key policy',
  file: 'key.json',
  locate: () => ({ line: 4, column: 7 }),
};

const nearMiss: StatementTrace = {
  layer: 'resource',
  policy: keyPolicy,
  pointer: '/Statement/0',
  sid: 'AWSConfigKMSPolicy',
  effect: 'Allow',
  matched: 'no',
  because: '',
  mismatches: [
    {
      element: 'condition',
      match: 'no',
      pointer: '/Statement/0/Condition/StringEquals/aws:SourceAccount',
      operator: 'StringEquals',
      key: 'aws:SourceAccount',
      expected: ['999999999999'],
      found: ['111122223333'],
    },
  ],
};

const refused: Decision = {
  outcome: 'denied',
  reason: 'no-resource-policy-allow',
  layers: [
    { layer: 'identity', outcome: 'not-applicable' },
    { layer: 'resource', outcome: 'implicit-deny' },
  ],
  statements: [nearMiss],
  unknown: [],
};

const decrypt = { action: 'kms:Decrypt' };

function decisionOf(reason: ReasonCode): Decision {
  return { ...refused, reason, outcome: reasons[reason].outcome };
}

// spec: LINT-DENIAL-1
describe("AWS's half sentence of a denial", () => {
  it.each([
    ['no-identity-allow', 'because no identity-based policy allows the kms:Decrypt action'],
    ['no-resource-policy-allow', 'because no resource-based policy allows the kms:Decrypt action'],
    ['no-boundary-allow', 'because no permissions boundary allows the kms:Decrypt action'],
    ['no-session-allow', 'because no session policy allows the kms:Decrypt action'],
    ['no-scp-allow', 'because no service control policy allows the kms:Decrypt action'],
    ['no-vpc-endpoint-allow', 'because no VPC endpoint policy allows the kms:Decrypt action'],
    ['identity-explicit-deny', 'with an explicit deny in an identity-based policy'],
    ['resource-policy-explicit-deny', 'with an explicit deny in a resource-based policy'],
    ['boundary-explicit-deny', 'with an explicit deny in a permissions boundary'],
    ['session-explicit-deny', 'with an explicit deny in a session policy'],
    ['scp-explicit-deny', 'with an explicit deny in a service control policy'],
    ['rcp-explicit-deny', 'with an explicit deny in a resource control policy'],
    ['vpc-endpoint-explicit-deny', 'with an explicit deny in a VPC endpoint policy'],
  ] as const)('for %s', (reason, sentence) => {
    expect(denialBecause(decisionOf(reason), decrypt)).toBe(sentence);
  });

  // spec: LINT-DENIAL-2
  it('calls the policy of a role its trust policy', () => {
    const assume = { action: 'sts:AssumeRole' };
    expect(denialBecause(decisionOf('no-resource-policy-allow'), assume)).toBe(
      'because no role trust policy allows the sts:AssumeRole action',
    );
    expect(denialBecause(decisionOf('resource-policy-explicit-deny'), assume)).toBe(
      'with an explicit deny in the role trust policy',
    );
  });

  it('of an unknown decision speaks of the layer that could not be judged', () => {
    const unknown: Decision = {
      ...decisionOf('not-given'),
      layers: [{ layer: 'boundary', outcome: 'unknown' }],
    };
    expect(denialBecause(unknown, decrypt)).toBe(
      'because no permissions boundary allows the kms:Decrypt action',
    );
  });

  it('stands for every reason of a denial', () => {
    for (const [reason, { outcome }] of Object.entries(reasons)) {
      if (outcome !== 'denied') continue;
      const sentence = denialBecause(decisionOf(reason as ReasonCode), decrypt);
      expect(sentence).toMatch(/^(because no|with an explicit deny in) /);
      if (reason.endsWith('-explicit-deny')) expect(sentence).toMatch(/^with an explicit deny/);
    }
  });
});

describe('the message of a decision', () => {
  it('names the statement that came closest and the one thing that kept it from matching', () => {
    expect(decisionMessage(refused, decrypt)).toBe(
      '`kms:Decrypt` is denied: no statement of the key policy allows the caller; the statement "AWSConfigKMSPolicy" of the key policy comes closest, but its condition asks StringEquals aws:SourceAccount `999999999999`, and the request carries `111122223333`',
    );
  });

  it('says that the request carries no such key', () => {
    const [mismatch] = nearMiss.mismatches;
    const absent = { ...nearMiss, mismatches: [{ ...mismatch!, found: null }] };
    expect(decisionMessage({ ...refused, statements: [absent] }, decrypt)).toContain(
      'and the request carries no aws:SourceAccount',
    );
  });

  it('prefers the Allow that failed by the fewest things', () => {
    const [mismatch] = nearMiss.mismatches;
    const far = { ...nearMiss, sid: 'Far', mismatches: [mismatch!, mismatch!] };
    expect(decisionMessage({ ...refused, statements: [far, nearMiss] }, decrypt)).toContain(
      '"AWSConfigKMSPolicy"',
    );
  });

  it('names the statement that denies', () => {
    const deny: StatementTrace = { ...nearMiss, effect: 'Deny', matched: 'yes', mismatches: [] };
    const decision: Decision = {
      ...refused,
      reason: 'resource-policy-explicit-deny',
      statements: [nearMiss, deny],
    };
    expect(decisionMessage(decision, decrypt)).toBe(
      '`kms:Decrypt` is denied: the statement "AWSConfigKMSPolicy" of the key policy denies it',
    );
  });

  it('of an unknown outcome lists what would settle it', () => {
    const decision: Decision = {
      ...refused,
      outcome: 'unknown',
      reason: 'unknown-context',
      statements: [],
      unknown: ['kms:ViaService'],
    };
    expect(decisionMessage(decision, decrypt)).toBe(
      '`kms:Decrypt` is unknown: a context key that decides is unknown (`kms:ViaService`)',
    );
  });

  it('exists for every reason', () => {
    for (const reason of Object.keys(reasons)) {
      expect(decisionMessage(decisionOf(reason as ReasonCode), decrypt)).toMatch(
        /^`kms:Decrypt` is \w+: \S.*[^.]$/,
      );
    }
  });
});

describe('the explanation tree', () => {
  const explanation: Explanation = {
    outcome: 'denied',
    reason: 'no-resource-policy-allow',
    layers: [
      {
        layer: 'identity',
        outcome: 'not-applicable',
        exemption: 'a service principal has no policies of its own',
        levels: [],
      },
      {
        layer: 'resource',
        outcome: 'implicit-deny',
        exemption: null,
        levels: [
          [
            {
              policy: keyPolicy,
              unknown: null,
              statements: [
                {
                  ...nearMiss,
                  elements: [
                    {
                      element: 'action',
                      member: 'Action',
                      match: 'yes',
                      pointer: '/Statement/0/Action',
                      expected: ['kms:Decrypt'],
                      found: ['kms:Decrypt'],
                    },
                    {
                      element: 'condition',
                      member: 'Condition',
                      match: 'no',
                      pointer: '/Statement/0/Condition/StringEquals/aws:SourceAccount',
                      operator: 'StringEquals',
                      key: 'aws:SourceAccount',
                      expected: ['999999999999'],
                      found: ['111122223333'],
                    },
                  ],
                },
              ],
            },
          ],
        ],
      },
    ],
  };

  it("tells the decision's own outcome, every layer, and what was compared with what", () => {
    expect(treeLines(explanationTree(explanation))).toEqual([
      '✘ denied: no statement of the resource policy allows the caller',
      "├─ · the caller's own policies: does not apply (a service principal has no policies of its own)",
      '└─ ✘ the resource policy: does not allow it',
      '   └─ · the key policy  (key.json)',
      '      └─ ✘ Allow "AWSConfigKMSPolicy" does not match  (line 4, column 7)',
      '         ├─ ✔ Action: `kms:Decrypt`; the request has `kms:Decrypt`',
      '         └─ ✘ Condition StringEquals aws:SourceAccount: `999999999999`; the request has `111122223333`',
    ]);
  });

  it('of a decision alone shows the statements that decided', () => {
    expect(treeLines(explanationTree(refused))).toEqual([
      '✘ denied: no statement of the resource policy allows the caller',
      "├─ · the caller's own policies: does not apply",
      '└─ ✘ the resource policy: does not allow it',
      '   └─ ✘ Allow "AWSConfigKMSPolicy" does not match  (key.json)',
      '      └─ ✘ its condition asks StringEquals aws:SourceAccount `999999999999`, and the request carries `111122223333`',
    ]);
  });
});
