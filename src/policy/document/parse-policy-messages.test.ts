import { describe, expect, test } from 'vitest';
import type { PolicyType } from '../policy-type.ts';
import { parsePolicy, policyMaxStatements } from './parse-policy.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

/** Every fault and observation in full: they are all that a user sees of the grammar. */
const told: readonly (readonly [type: PolicyType, policy: unknown, lines: readonly string[]])[] = [
  [
    'identity',
    null,
    [
      'not-a-policy |  | a policy is an object, this is `null` | write `{ "Version": "2012-10-17", "Statement": [ ... ] }`',
    ],
  ],
  [
    'identity',
    'x',
    [
      'not-a-policy |  | a policy is an object, this is a text | write `{ "Version": "2012-10-17", "Statement": [ ... ] }`',
    ],
  ],
  [
    'identity',
    [],
    [
      'not-a-policy |  | a policy is an object, this is an array | write `{ "Version": "2012-10-17", "Statement": [ ... ] }`',
    ],
  ],
  [
    'identity',
    5,
    [
      'not-a-policy |  | a policy is an object, this is the number `5` | write `{ "Version": "2012-10-17", "Statement": [ ... ] }`',
    ],
  ],
  [
    'identity',
    true,
    [
      'not-a-policy |  | a policy is an object, this is the Boolean `true` | write `{ "Version": "2012-10-17", "Statement": [ ... ] }`',
    ],
  ],
  [
    'identity',
    { Version: '2012-10-18', Statement: allow },
    [
      'unknown-version | /Version | `2012-10-18` is no version of the policy language | write `"Version": "2012-10-17"`: it names the language, not the date of the policy',
    ],
  ],
  [
    'identity',
    { Version: 5, Statement: allow },
    [
      'unknown-version | /Version | the number `5` is no version of the policy language | write `"Version": "2012-10-17"`: it names the language, not the date of the policy',
    ],
  ],
  [
    'identity',
    { Version: 'x'.repeat(61), Statement: allow },
    [
      'unknown-version | /Version | `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` is no version of the policy language | write `"Version": "2012-10-17"`: it names the language, not the date of the policy',
    ],
  ],
  [
    'identity',
    { Id: 5, Statement: allow },
    ['wrong-type | /Id | `Id` is a text, this is the number `5` | write it in double quotes'],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Sid: null }] },
    ['wrong-type | /Statement/0/Sid | `Sid` is a text, this is `null` | write it in double quotes'],
  ],
  [
    'identity',
    {},
    ['missing-statement |  | the policy has no `Statement` | add a `Statement` with at least one statement'],
  ],
  [
    'identity',
    { Statement: [] },
    ['missing-statement | /Statement | the list of statements is empty | add at least one statement'],
  ],
  [
    'identity',
    { Statement: [5] },
    [
      'not-a-statement | /Statement/0 | a statement is an object, this is the number `5` | write `{ "Effect": ..., "Action": ..., ... }`',
    ],
  ],
  [
    'identity',
    { Statement: allow, statement: allow },
    ['unknown-member | /statement | a policy has no member `statement` | write it as AWS does: `Statement`'],
  ],
  [
    'identity',
    { Statement: allow, Statements: 1 },
    [
      'unknown-member | /Statements | a policy has no member `Statements` | write it as AWS does: `Statement`',
    ],
  ],
  [
    'identity',
    { Statement: allow, Foo: 1 },
    [
      'unknown-member | /Foo | a policy has no member `Foo` | remove it: a policy has `Version`, `Id`, `Statement`',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, actions: 'x' }] },
    [
      'unknown-member | /Statement/0/actions | a statement has no member `actions` | write it as AWS does: `Action`',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, 'Fo/o': 'x' }] },
    [
      'unknown-member | /Statement/0/Fo~1o | a statement has no member `Fo/o` | remove it: a statement has `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Class: 'x' }] },
    [
      'unknown-member | /Statement/0/Class | a statement has no member `Class` | remove it: a statement has `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 'DENY', Action: 's3:GetObject', Resource: '*' }] },
    [
      'unknown-effect | /Statement/0/Effect | `DENY` is no effect | write `Deny`: an effect is `Allow` or `Deny`, in exactly these letters',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 'allow', Action: 's3:GetObject', Resource: '*' }] },
    [
      'unknown-effect | /Statement/0/Effect | `allow` is no effect | write `Allow`: an effect is `Allow` or `Deny`, in exactly these letters',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 5, Action: 's3:GetObject', Resource: '*' }] },
    [
      'unknown-effect | /Statement/0/Effect | the number `5` is no effect | write `Allow`: an effect is `Allow` or `Deny`, in exactly these letters',
    ],
  ],
  [
    'identity',
    { Statement: [{ Action: '*', Resource: '*' }] },
    [
      'missing-effect | /Statement/0 | the statement has no `Effect` | add `"Effect": "Allow"` or `"Effect": "Deny"`',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 'Deny', Resource: '*' }] },
    [
      'missing-action | /Statement/0 | the statement has no `Action` | add the actions that it is about, such as `"Action": "s3:PutObject"`',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 'Allow', Action: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which an identity policy needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 'Allow', Action: 5, Resource: '*' }] },
    [
      'wrong-type | /Statement/0/Action | an action is a text, this is the number `5` | write it in double quotes',
    ],
  ],
  [
    'identity',
    { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: [{}] }] },
    [
      'wrong-type | /Statement/0/Resource/0 | a resource is a text, this is an object | write it in double quotes',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, NotAction: '*' }] },
    [
      'contradicting-elements | /Statement/0/NotAction | the statement has both `Action` and `NotAction` | keep one of them',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, NotResource: '*' }] },
    [
      'contradicting-elements | /Statement/0/NotResource | the statement has both `Resource` and `NotResource` | keep one of them',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, Principal: '*', NotPrincipal: '*' }] },
    [
      'contradicting-elements | /Statement/0/NotPrincipal | the statement has both `Principal` and `NotPrincipal` | keep one of them',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, Principal: 'x' }] },
    [
      'wrong-type | /Statement/0/Principal | a principal is `"*"` or an object, this is `x` | write `"*"`, or an object such as `{ "AWS": "arn:..." }` or `{ "Service": "config.amazonaws.com" }`',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, Principal: ['x'] }] },
    [
      'wrong-type | /Statement/0/Principal | a principal is `"*"` or an object, this is an array | write `"*"`, or an object such as `{ "AWS": "arn:..." }` or `{ "Service": "config.amazonaws.com" }`',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, Principal: { aws: '*' } }] },
    [
      'unknown-principal-type | /Statement/0/Principal/aws | `aws` is no kind of principal | write one of `AWS`, `Federated`, `Service`, `CanonicalUser`: `AWS`',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, Principal: { Services: '*' } }] },
    [
      'unknown-principal-type | /Statement/0/Principal/Services | `Services` is no kind of principal | write one of `AWS`, `Federated`, `Service`, `CanonicalUser`: `Service`',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, Principal: { Foo: '*' } }] },
    [
      'unknown-principal-type | /Statement/0/Principal/Foo | `Foo` is no kind of principal | write one of `AWS`, `Federated`, `Service`, `CanonicalUser`',
    ],
  ],
  [
    'bucket',
    { Statement: [{ ...allow, NotPrincipal: { AWS: 5 } }] },
    [
      'wrong-type | /Statement/0/NotPrincipal/AWS | a principal is a text, this is the number `5` | write it in double quotes',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Condition: [] }] },
    [
      'wrong-type | /Statement/0/Condition | a condition is an object, this is an array | write `{ "StringEquals": { "key": "value" } }`',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Condition: { StringEquals: 'x' } }] },
    [
      'wrong-type | /Statement/0/Condition/StringEquals | `StringEquals` holds an object of condition keys, this is a text | write `"StringEquals": { "key": "value" }`',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Condition: { StringEquals: { a: {} } } }] },
    [
      'wrong-type | /Statement/0/Condition/StringEquals/a | a condition value is a text, a number or a Boolean, this is an object | write one value, or a list of values',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Principal: '*' }] },
    [
      'forbidden-element | /Statement/0/Principal | an identity policy has no `Principal`: whom it is about is whom it is attached to | remove `Principal`',
    ],
  ],
  [
    'boundary',
    { Statement: [{ ...allow, Principal: '*' }] },
    [
      'forbidden-element | /Statement/0/Principal | a permissions boundary has no `Principal`: whom it is about is whom it is attached to | remove `Principal`',
    ],
  ],
  [
    'session',
    { Statement: [{ ...allow, Principal: '*' }] },
    [
      'forbidden-element | /Statement/0/Principal | a session policy has no `Principal`: whom it is about is whom it is attached to | remove `Principal`',
    ],
  ],
  [
    'scp',
    { Statement: [{ ...allow, Principal: '*' }] },
    [
      'forbidden-element | /Statement/0/Principal | a service control policy has no `Principal`: whom it is about is whom it is attached to | remove `Principal`',
    ],
  ],
  [
    'scp',
    { Statement: [{ ...allow, NotPrincipal: '*' }] },
    [
      'forbidden-element | /Statement/0/NotPrincipal | a service control policy has no `NotPrincipal`: whom it is about is whom it is attached to | remove `NotPrincipal`',
    ],
  ],
  [
    'trust',
    { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }] },
    [
      'forbidden-element | /Statement/0/Resource | a trust policy has no `Resource`: it is about the role it is attached to | remove `Resource`',
    ],
  ],
  [
    'trust',
    { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', NotResource: '*' }] },
    [
      'forbidden-element | /Statement/0/NotResource | a trust policy has no `NotResource`: it is about the role it is attached to | remove `NotResource`',
    ],
  ],
  [
    'trust',
    { Statement: [{ Effect: 'Allow', NotPrincipal: '*', Action: 'sts:AssumeRole' }] },
    [
      'forbidden-element | /Statement/0/NotPrincipal | a trust policy has no `NotPrincipal` | write `Principal`',
    ],
  ],
  [
    'rcp',
    { Statement: [{ ...allow, NotPrincipal: '*' }] },
    [
      'forbidden-element | /Statement/0/NotPrincipal | a resource control policy has no `NotPrincipal` | write `Principal`',
    ],
  ],
  [
    'bucket',
    { Statement: [{ Effect: 'Deny', Action: '*', Principal: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which a bucket policy needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'vpc-endpoint',
    { Statement: [{ Effect: 'Deny', Action: '*', Principal: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which a VPC endpoint policy needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'rcp',
    { Statement: [{ Effect: 'Deny', Action: '*', Principal: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which a resource control policy needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'scp',
    { Statement: [{ Effect: 'Deny', Action: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which a service control policy needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'boundary',
    { Statement: [{ Effect: 'Deny', Action: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which a permissions boundary needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'session',
    { Statement: [{ Effect: 'Deny', Action: '*' }] },
    [
      'missing-resource | /Statement/0 | the statement has no `Resource`, which a session policy needs | add `"Resource": "*"` or the ARNs that it is about',
    ],
  ],
  [
    'bucket',
    { Statement: [allow] },
    ['missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a bucket policy'],
  ],
  [
    'key',
    { Statement: [allow] },
    ['missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a key policy'],
  ],
  [
    'topic',
    { Statement: [allow] },
    ['missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a topic policy'],
  ],
  [
    'resource',
    { Statement: [allow] },
    [
      'missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a resource policy',
    ],
  ],
  [
    'trust',
    { Statement: [{ Effect: 'Allow', Action: '*' }] },
    ['missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a trust policy'],
  ],
  [
    'rcp',
    { Statement: [allow] },
    [
      'missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a resource control policy',
    ],
  ],
  [
    'vpc-endpoint',
    { Statement: [allow] },
    [
      'missing-principal | /Statement/0 | a statement without `Principal` is about nobody in a VPC endpoint policy',
    ],
  ],
  [
    'key',
    { Statement: [{ Effect: 'Allow', Principal: '*' }] },
    [
      'missing-action | /Statement/0 | a statement without `Action` has no effect in a key policy',
      'missing-resource | /Statement/0 | the statement has no `Resource`',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Condition: { StringEquals: {} } }] },
    ['empty-operator | /Statement/0/Condition/StringEquals | `StringEquals` compares nothing'],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Condition: { 'a/b': { 'x/y': '1' } } }] },
    [
      'unknown-operator | /Statement/0/Condition/a~1b | `a/b` is no condition operator, so the statement cannot be judged',
    ],
  ],
  [
    'identity',
    { Statement: [{ ...allow, Condition: { StringEquals: { 'aws:A': 'x', 'AWS:A': 'y', 'AWS:a': 'z' } } }] },
    [
      'duplicate-key-case | /Statement/0/Condition/StringEquals/AWS:A | `aws:A` and `AWS:A` are one condition key in two spellings; AWS does not say which counts',
      'duplicate-key-case | /Statement/0/Condition/StringEquals/AWS:a | `aws:A` and `AWS:a` are one condition key in two spellings; AWS does not say which counts',
    ],
  ],
];

describe('what the grammar tells', () => {
  test.each(told)('of a policy of type %s: %j', (type, policy, lines) => {
    expect(linesOf(policy, type)).toEqual(lines);
  });

  test('of too many statements', () => {
    const statements = (count: number) => ({ Statement: Array.from({ length: count }, () => allow) });
    expect(linesOf(statements(policyMaxStatements), 'identity')).toEqual([]);
    expect(linesOf(statements(policyMaxStatements + 1), 'identity')).toEqual([
      'too-many-statements | /Statement | the policy has more than 10000 statements | no kind of policy at AWS is that large: split it',
    ]);
  });

  test('of what is no JSON', () => {
    expect(linesOf(undefined, 'identity')[0]).toContain('this is no JSON');
  });
});

function linesOf(policy: unknown, type: PolicyType): readonly string[] {
  const parsed = parsePolicy(policy, { type });
  return parsed.ok
    ? parsed.observations.map(({ code, pointer, message }) => `${code} | ${pointer} | ${message}`)
    : parsed.faults.map(
        ({ code, pointer, message, next }) => `${code} | ${pointer} | ${message} | ${next ?? ''}`,
      );
}
