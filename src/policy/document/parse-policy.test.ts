import { describe, expect, test } from 'vitest';
import type { PolicyType } from '../policy-type.ts';
import { parsePolicy } from './parse-policy.ts';
import { readJson } from './read-json.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function faultsOf(value: unknown, type: PolicyType | null = 'identity') {
  const parsed = parsePolicy(value, { type });
  return parsed.ok ? [] : parsed.faults.map(({ code, pointer }) => `${code} ${pointer}`);
}

function policyOf(value: unknown, type: PolicyType | null = 'identity') {
  const parsed = parsePolicy(value, { type });
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message);
  return parsed;
}

describe('the grammar', () => {
  // spec: IAM-DOC-3
  test('a statement alone is a list of one, and its pointer has no index', () => {
    expect(policyOf({ Statement: allow }).policy.statements.map(({ pointer }) => pointer)).toEqual([
      '/Statement',
    ]);
    expect(policyOf({ Statement: [allow, allow] }).policy.statements.map(({ pointer }) => pointer)).toEqual([
      '/Statement/0',
      '/Statement/1',
    ]);
    expect(faultsOf({ Statement: [] })).toEqual(['missing-statement /Statement']);
    expect(faultsOf({ Version: '2012-10-17' })).toEqual(['missing-statement ']);
  });

  test.each<[string, unknown, string[]]>([
    ['a policy that is a list', [], ['not-a-policy ']],
    ['a policy that is null', null, ['not-a-policy ']],
    ['another version', { Version: '2012-10-18', Statement: allow }, ['unknown-version /Version']],
    ['an Id that is a number', { Id: 5, Statement: allow }, ['wrong-type /Id']],
    [
      'an unknown member of the policy',
      { Statement: allow, statement: allow },
      ['unknown-member /statement'],
    ],
    [
      'an unknown member of a statement',
      { Statement: [{ ...allow, Actions: 'x' }] },
      ['unknown-member /Statement/0/Actions'],
    ],
    ['a statement that is a text', { Statement: ['x'] }, ['not-a-statement /Statement/0']],
    [
      'an effect in another case',
      { Statement: [{ ...allow, Effect: 'allow' }] },
      ['unknown-effect /Statement/0/Effect'],
    ],
    ['no effect', { Statement: [{ Action: '*', Resource: '*' }] }, ['missing-effect /Statement/0']],
    ['no action', { Statement: [{ Effect: 'Allow', Resource: '*' }] }, ['missing-action /Statement/0']],
    ['no resource', { Statement: [{ Effect: 'Allow', Action: '*' }] }, ['missing-resource /Statement/0']],
    [
      'a number for an action',
      { Statement: [{ ...allow, Action: ['a:b', 5] }] },
      ['wrong-type /Statement/0/Action/1'],
    ],
    [
      'null for a resource',
      { Statement: [{ ...allow, Resource: null }] },
      ['wrong-type /Statement/0/Resource'],
    ],
    ['a Sid that is a number', { Statement: [{ ...allow, Sid: 1 }] }, ['wrong-type /Statement/0/Sid']],
    [
      'a condition that is a list',
      { Statement: [{ ...allow, Condition: [] }] },
      ['wrong-type /Statement/0/Condition'],
    ],
    [
      'an operator that holds a text',
      { Statement: [{ ...allow, Condition: { StringEquals: 'x' } }] },
      ['wrong-type /Statement/0/Condition/StringEquals'],
    ],
    [
      'a condition value that is an object',
      { Statement: [{ ...allow, Condition: { StringEquals: { 'a/b': { c: 1 } } } }] },
      ['wrong-type /Statement/0/Condition/StringEquals/a~1b'],
    ],
    [
      'a condition value that is null in a list',
      { Statement: [{ ...allow, Condition: { StringEquals: { a: ['x', null] } } }] },
      ['wrong-type /Statement/0/Condition/StringEquals/a/1'],
    ],
  ])('%s is a fault', (_name, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });

  // spec: IAM-DOC-4
  test.each([
    ['Action', { ...allow, NotAction: '*' }],
    ['Resource', { ...allow, NotResource: '*' }],
  ])('%s and its negation together are a fault', (member, statement) => {
    expect(faultsOf({ Statement: [statement] })).toEqual([
      `contradicting-elements /Statement/0/Not${member}`,
    ]);
  });

  // spec: IAM-DOC-4
  test('Principal and NotPrincipal together are a fault', () => {
    const statement = { ...allow, Principal: '*', NotPrincipal: '*' };
    expect(faultsOf({ Statement: [statement] }, 'bucket')).toEqual([
      'contradicting-elements /Statement/0/NotPrincipal',
    ]);
  });

  // spec: IAM-DOC-6
  test.each<[PolicyType, object, string]>([
    ['identity', { ...allow, Principal: '*' }, '/Principal'],
    ['boundary', { ...allow, NotPrincipal: '*' }, '/NotPrincipal'],
    ['session', { ...allow, Principal: '*' }, '/Principal'],
    ['scp', { ...allow, Principal: '*' }, '/Principal'],
    ['trust', { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }, '/Resource'],
    ['trust', { Effect: 'Allow', NotPrincipal: '*', Action: 'sts:AssumeRole' }, '/NotPrincipal'],
    ['rcp', { Effect: 'Deny', NotPrincipal: '*', Action: 's3:*', Resource: '*' }, '/NotPrincipal'],
  ])('in a policy of type %s %o has an element too many', (type, statement, member) => {
    expect(faultsOf({ Statement: [statement] }, type)).toEqual([`forbidden-element /Statement/0${member}`]);
  });

  test('where the type is not known, elements of every type are accepted', () => {
    expect(
      faultsOf(
        {
          Statement: [
            { ...allow, Principal: '*' },
            { Effect: 'Deny', Action: '*' },
          ],
        },
        null,
      ),
    ).toEqual([]);
  });

  test('a principal is a star or an object with the kinds that AWS has', () => {
    const of = (principal: unknown) =>
      faultsOf({ Statement: [{ ...allow, Principal: principal }] }, 'bucket');
    expect(of('arn:aws:iam::111122223333:root')).toEqual(['wrong-type /Statement/0/Principal']);
    expect(of({ aws: '*' })).toEqual(['unknown-principal-type /Statement/0/Principal/aws']);
    expect(of({ AWS: ['x', 5] })).toEqual(['wrong-type /Statement/0/Principal/AWS/1']);
    expect(of({ AWS: 'account-id1', Service: 'config.amazonaws.com' })).toEqual([]);
  });

  // spec: IAM-DOC-5
  test('condition values keep what they were in JSON', () => {
    const { policy } = policyOf({ Statement: { ...allow, Condition: { Bool: { a: [true, 'false', 5] } } } });
    expect(policy.statements[0]?.conditions[0]?.values).toEqual([
      { text: 'true', raw: true, pointer: '/Statement/Condition/Bool/a/0' },
      { text: 'false', raw: 'false', pointer: '/Statement/Condition/Bool/a/1' },
      { text: '5', raw: 5, pointer: '/Statement/Condition/Bool/a/2' },
    ]);
  });

  test('a fault says what stands there', () => {
    const messageOf = (value: unknown) => {
      const parsed = parsePolicy(
        { Statement: { ...allow, Condition: { Bool: { 'aws:x': value } } } },
        { type: 'identity' },
      );
      return parsed.ok ? '' : parsed.faults[0]?.message;
    };
    expect(messageOf(null)).toContain('this is `null`');
    expect(messageOf([[]])).toContain('this is an array');
    expect(messageOf({})).toContain('this is an object');
  });

  test('all faults are told at once, with their places in the document', () => {
    const text = '{\n  "policy": {\n    "Version": "x",\n    "Statement": [{ "Effect": "allow" }]\n  }\n}';
    const read = readJson(text, { file: 'setup.json' });
    if (!read.ok) throw new Error('the text is JSON');
    const { policy } = read.source.value as { policy: unknown };
    const parsed = parsePolicy(policy, {
      type: 'identity',
      at: '/policy',
      file: 'setup.json',
      locate: read.source.locate,
    });
    expect(parsed.ok ? [] : parsed.faults).toMatchObject([
      { code: 'unknown-version', pointer: '/policy/Version', file: 'setup.json', line: 3, column: 16 },
      {
        code: 'unknown-effect',
        pointer: '/policy/Statement/0/Effect',
        line: 4,
        column: 31,
        next: expect.stringContaining('`Allow`'),
      },
      { code: 'missing-action', pointer: '/policy/Statement/0', line: 4, column: 19 },
      { code: 'missing-resource', pointer: '/policy/Statement/0' },
    ]);
  });

  test('what AWS stores or refuses for other reasons is observed, not refused', () => {
    const codes = (value: unknown, type: PolicyType) =>
      policyOf(value, type).observations.map(({ code }) => code);
    expect(codes({ Statement: [{ Effect: 'Allow', Principal: '*' }] }, 'key')).toEqual([
      'missing-action',
      'missing-resource',
    ]);
    expect(codes({ Statement: [allow] }, 'bucket')).toEqual(['missing-principal']);
    expect(codes({ Statement: [{ ...allow, Condition: { StringEquals: {} } }] }, 'identity')).toEqual([
      'empty-operator',
    ]);
    expect(
      codes(
        { Statement: [{ ...allow, Condition: { StringEquals: { 'aws:A': 'x', 'AWS:A': 'x' } } }] },
        'identity',
      ),
    ).toEqual(['duplicate-key-case']);
    expect(codes({ Statement: [{ ...allow, Condition: { stringequals: { a: 'x' } } }] }, 'identity')).toEqual(
      ['unknown-operator'],
    );
  });
});
