import { expect, test } from 'vitest';
import { requestContext, present } from './context.ts';
import { parseTemplate, resolveTemplate } from './policy-variables.ts';

// spec: IAM-VAR-5
test('a variable stands for one value, or for nothing', () => {
  const resolved = (values: readonly string[]) => {
    const context = requestContext([['aws:n', { state: 'present', values, multivalued: false }]]);
    return resolveTemplate(parseTemplate('a-${aws:n}', '2012-10-17'), context);
  };
  expect(resolved(['x'])).toEqual({
    state: 'resolved',
    runs: [
      { kind: 'pattern', text: 'a-' },
      { kind: 'literal', text: 'x' },
    ],
  });
  expect(resolved([])).toEqual({ state: 'missing', key: 'aws:n' });
  expect(resolved(['x', 'y'])).toEqual({ state: 'missing', key: 'aws:n' });
});

// spec: IAM-VAR-2, IAM-VAR-3
test('escapes and defaults are literal', () => {
  const template = parseTemplate("${*}${aws:n, '*'}", '2012-10-17');
  expect(resolveTemplate(template, requestContext([]))).toEqual({
    state: 'resolved',
    runs: [
      { kind: 'literal', text: '*' },
      { kind: 'literal', text: '*' },
    ],
  });
  expect(resolveTemplate(template, requestContext([['AWS:N', present('x')]]))).toMatchObject({
    runs: [{ text: '*' }, { kind: 'literal', text: 'x' }],
  });
});
