import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import {
  acceptsAttributes,
  acceptsBody,
  FilterPolicyFault,
  parseFilterPolicy,
  type FilteredAttribute,
  type FilterScope,
} from './filter-policy.ts';

interface FilterCase {
  readonly name: string;
  readonly scope: FilterScope;
  readonly policy: object;
  readonly passes: readonly object[];
  readonly stops: readonly object[];
}

const cases = JSON.parse(readFileSync('cases/sns/filter-policies.json', 'utf8')) as readonly FilterCase[];

describe('a filter policy with', () => {
  test.each(cases)('$name', ({ scope, policy, passes, stops }) => {
    const parsed = parseFilterPolicy(JSON.stringify(policy), scope);
    const accepts = (message: object) =>
      scope === 'MessageBody'
        ? acceptsBody(parsed, JSON.stringify(message))
        : acceptsAttributes(parsed, message as Readonly<Record<string, FilteredAttribute>>);
    for (const message of passes) expect([message, accepts(message)]).toEqual([message, true]);
    for (const message of stops) expect([message, accepts(message)]).toEqual([message, false]);
  });

  it('a body that is no JSON object stops it', () => {
    const policy = parseFilterPolicy('{"a":[{"exists":false}]}', 'MessageBody');
    for (const body of ['text', '[1]', 'null', '"a"']) expect(acceptsBody(policy, body)).toBe(false);
  });
});

// spec: SNS-FILTER-3
test.each([
  ['{', 'failed to parse JSON.'],
  ['[]', 'Filter policy must be a JSON object'],
  ['{"a":"b"}', '"a" must be an object or an array'],
  ['{"a":[]}', 'Empty arrays are not allowed'],
  ['{"a":{"b":["c"]}}', 'Filter policy scope MessageAttributes does not support nested filter policy'],
  ['{"a":[["b"]]}', 'Match value must be String, number, true, false, or null'],
  ['{"a":[{"prefix":"b","suffix":"c"}]}', 'Only one key allowed in match expression'],
  ['{"a":[{"starts":"b"}]}', 'Unrecognized match type starts'],
  ['{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
  ['{"a":[{"numeric":["<","100"]}]}', 'Value of < must be numeric'],
  ['{"a":[{"numeric":["<>",100]}]}', 'Unrecognized numeric range operator: <>'],
  ['{"a":[{"numeric":[">",5,"<",5]}]}', 'Bottom must be less than top'],
  ['{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
  ['{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'Filter policy can not have more than 5 keys'],
  [JSON.stringify({ a: Array.from({ length: 151 }, (_, n) => n) }), 'Filter policy is too complex'],
])('%s is no filter policy', (text, words) => {
  expect(() => parseFilterPolicy(text, 'MessageAttributes')).toThrow(new FilterPolicyFault(words));
});
