/** The WHERE of an expression as a condition on stored resources. spec: CFG-QUERY-3 */
import type { Condition, Scalar, ValueTest } from '../../record-query.ts';
import { configErrors } from '../errors.ts';
import type { Literal, Predicate, PropertyName } from './expression.ts';
import { propertyOf, type Property } from './properties.ts';

/** @throws InvalidExpressionException a property or a literal that can't stand there */
export function compileCondition(predicate: Predicate): Condition {
  switch (predicate.kind) {
    case 'and':
      return { kind: 'all', of: predicate.of.map(compileCondition) };
    case 'or':
      return { kind: 'any', of: predicate.of.map(compileCondition) };
    case 'not':
      return { kind: 'not', of: compileCondition(predicate.of) };
    case 'compare': {
      const { property, operator, value } = predicate;
      if (operator === '!=') return { kind: 'not', of: test(property, value, '=') };
      return test(property, value, operator);
    }
    case 'in': {
      const property = propertyOf(predicate.property);
      const values = predicate.values.map((literal) => stored(literal, property));
      return { kind: 'test', operand: property.operand, test: 'among', values };
    }
    case 'between': {
      const property = propertyOf(predicate.property);
      const [low, high] = [stored(predicate.low, property), stored(predicate.high, property)];
      return { kind: 'test', operand: property.operand, test: 'between', low, high };
    }
    case 'like': {
      const { operand, form } = propertyOf(predicate.property);
      if (form !== 'plain') throw unsuitable(predicate.pattern, 'LIKE compares texts');
      return { kind: 'test', operand, ...likeTest(predicate.pattern) };
    }
  }
}

type Comparison = Extract<ValueTest, { readonly value: Scalar }>['test'];

function test(name: PropertyName, literal: Literal, comparison: Comparison): Condition {
  const property = propertyOf(name);
  const value = stored(literal, property);
  return { kind: 'test', operand: property.operand, test: comparison, value };
}

/** The literal as the property's values are stored. */
function stored(literal: Literal, { form }: Property): Scalar {
  const { value } = literal;
  if (form === 'plain') return value;
  if (typeof value === 'number') return value;
  const number = typeof value === 'boolean' ? NaN : form === 'time' ? millisOf(value) : Number(value);
  if (Number.isNaN(number))
    throw unsuitable(
      literal,
      form === 'time' ? 'a time is written 2026-03-02T09:15:04.000Z' : 'not a number',
    );
  return number;
}

/** A date, or a date and a time down to the minute, the second or less; UTC unless it says otherwise. */
const timeForm = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/;

function millisOf(text: string): number {
  const [, date, time = 'T00:00', zone = 'Z'] = timeForm.exec(text) ?? [];
  return date === undefined ? NaN : Date.parse(`${date}${time}${zone}`);
}

/** Wildcards stand at the end, after three characters at least. */
const likeForm = /^([^%_]*)([%_]*)$/;
const likeMin = 3;

function likeTest(literal: Literal): ValueTest {
  const [, startsWith, wildcards] = likeForm.exec(String(literal.value)) ?? [];
  if (startsWith === undefined || wildcards === undefined)
    throw unsuitable(literal, 'wildcards % and _ are supported at the end of a value only');
  if (wildcards !== '' && Array.from(startsWith).length < likeMin)
    throw unsuitable(literal, 'a wildcard needs at least three characters before it');
  const single = wildcards.replaceAll('%', '').length;
  return { test: 'like', startsWith, restMin: single, restMax: wildcards.includes('%') ? null : single };
}

function unsuitable({ at }: Literal, why: string): Error {
  return configErrors.unsuitableValue({ why, line: String(at.line), column: String(at.column) });
}
