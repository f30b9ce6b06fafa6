import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyType } from '../policy/policy-type.ts';
import { isAtLeast, severities } from './finding.ts';
import { lintPolicy } from './lint-policy.ts';
import type { LintRule } from './lint-rule.ts';
import { likelyPolicyType } from './policy-kind.ts';
import { lintRules } from './rules.ts';

const source = { source: 'policy', label: 'the policy', file: null, locate: () => null };
const types: readonly PolicyType[] = [
  'identity',
  'trust',
  'bucket',
  'key',
  'topic',
  'resource',
  'boundary',
  'session',
  'scp',
  'rcp',
  'vpc-endpoint',
];

const text = fc.oneof(
  fc.constantFrom(
    '*',
    's3:*',
    'kms:Decrypt',
    'arn:aws:s3:::a/*',
    '${aws:username}',
    '111122223333',
    'config.amazonaws.com',
    'arn:aws:config:us-east-1:111122223333:*',
    '',
  ),
  fc.string({ maxLength: 12 }),
);
const textOrTexts = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.jsonValue());
const statement = fc.record(
  {
    Sid: textOrTexts,
    Effect: fc.constantFrom('Allow', 'Deny', 'allow'),
    Principal: fc.oneof(
      text,
      fc.dictionary(fc.constantFrom('AWS', 'Service', 'Federated', '__proto__', 'x'), textOrTexts),
      fc.jsonValue(),
    ),
    NotPrincipal: textOrTexts,
    Action: textOrTexts,
    NotAction: textOrTexts,
    Resource: textOrTexts,
    NotResource: textOrTexts,
    Condition: fc.oneof(
      fc.dictionary(
        fc.constantFrom(
          'StringEquals',
          'ArnLike',
          'Null',
          'ForAllValues:StringLikeIfExists',
          'IpAddress',
          'constructor',
          'DateLessThan',
        ),
        fc.dictionary(
          fc.oneof(
            fc.constantFrom('aws:SourceArn', 'aws:SourceAccount', 'kms:ViaService', 'toString'),
            fc.string({ maxLength: 8 }),
          ),
          textOrTexts,
        ),
      ),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);
const policy = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      Version: textOrTexts,
      Id: textOrTexts,
      Statement: fc.oneof(fc.array(statement, { maxLength: 3 }), statement),
    },
    { requiredKeys: [] },
  ),
);

describe('linting', () => {
  it('never throws, whatever the value is, and every finding points into it', () => {
    fc.assert(
      fc.property(policy, fc.constantFrom(...types), (value, type) => {
        const facts = {
          recorderAccount: '111122223333',
          recorderRegion: 'us-east-1',
          bucketName: 'a',
          prefix: null,
          keyArn: null,
          bucketKeyEnabled: true,
        };
        for (const finding of lintPolicy({ value, type, source, facts })) {
          // `expect` would cost more than all the rules.
          if (nodeAt(value, finding.pointer) === nowhere || !severities.includes(finding.severity))
            throw new Error(`${finding.code} at ${finding.pointer}, ${finding.severity}`);
        }
        likelyPolicyType(value);
      }),
      { numRuns: 2000 },
    );
  });

  // A rule that takes the square of a policy's length would run into the test's time limit.
  it('ends for the worst policies that AWS would store', () => {
    const worst: readonly [PolicyType, unknown][] = [
      [
        'bucket',
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: `arn:aws:s3:::${'*a'.repeat(10_000)}`,
            },
          ],
        },
      ],
      [
        'key',
        {
          Statement: Array.from({ length: 600 }, () => ({
            Effect: 'Allow',
            Principal: '*',
            Action: 'a:b',
            Resource: '*',
          })),
        },
      ],
      [
        'identity',
        {
          Statement: {
            Effect: 'Allow',
            Action: Array.from({ length: 2000 }, (_, i) => `s3:*${String(i)}*`),
            Resource: '*',
          },
        },
      ],
      [
        'key',
        {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: '*',
            Resource: '*',
            Condition: { StringLike: { 'aws:SourceArn': '*a'.repeat(15_000) } },
          },
        },
      ],
    ];
    for (const [type, value] of worst) {
      const findings = lintPolicy({
        value,
        type,
        source,
        facts: {
          bucketName: 'a'.repeat(63),
          recorderAccount: '111122223333',
          recorderRegion: 'us-east-1',
          prefix: null,
        },
      });
      expect(findings, type).not.toHaveLength(0);
    }
  });

  it('counts a severity as grave as itself and graver ones', () => {
    expect(severities.map((severity) => isAtLeast(severity, 'security-warning'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the likely kind of a policy', () => {
  it.each<[PolicyType, unknown]>([
    ['identity', { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }],
    [
      'trust',
      {
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'config.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      },
    ],
    [
      'key',
      { Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' } },
    ],
    [
      'bucket',
      {
        Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::config-logs/*' },
      },
    ],
    [
      'topic',
      {
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: 'SNS:Publish',
          Resource: 'arn:aws:sns:us-east-1:111122223333:t',
        },
      },
    ],
    ['rcp', { Statement: { Effect: 'Deny', Principal: '*', Action: ['s3:*', 'kms:*'], Resource: '*' } }],
    [
      'resource',
      { Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' } },
    ],
  ])('%s', (type, value) => {
    expect(likelyPolicyType(value)).toBe(type);
  });
});

// spec: LINT-AA-1
it('every message stands in the golden file', async () => {
  const lines = Object.values<LintRule>(lintRules).flatMap((rule) =>
    rule.examples.wrong.flatMap(({ policy: written, type, facts }) => {
      const value = Array.isArray(written) ? { Version: '2012-10-17', Statement: written } : written;
      return lintPolicy({ value, type, source, ...(facts === undefined ? {} : { facts }) })
        .filter(({ code }) => code === rule.code)
        .map(
          ({ severity, code, pointer, message, next }) =>
            `${severity}[${code}] ${pointer}\n  ${shortened(message)}\n  = next: ${next === null ? '-' : shortened(next)}\n`,
        );
    }),
  );
  await expect(lines.join('\n')).toMatchFileSnapshot('../../test/golden/finding-messages.txt');
});

/** Examples of policies that are too large have names that are. */
function shortened(message: string): string {
  return message.replaceAll(/x{20,}/g, 'xxx...');
}

const nowhere = Symbol('nowhere');

function nodeAt(value: unknown, pointer: string): unknown {
  let node: unknown = value;
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return nowhere;
    node = (node as Record<string, unknown>)[name];
  }
  return node;
}
