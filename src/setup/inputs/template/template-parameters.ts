/**
 * The parameters of a template: what was given for them, else their defaults.
 * spec: INPUT-CFN-3
 */
import type { Fault } from '../../../policy/document/fault.ts';
import { readDocument } from '../../read-document.ts';
import { UnknownValue, type Known } from '../unknown-value.ts';
import { isObject } from './intrinsics.ts';

/**
 * Reads a file of parameters in any of the forms that AWS's own tools take: a list of `ParameterKey` and
 * `ParameterValue`, an object with `Parameters`, or an object of names.
 */
export async function readParameters(
  text: string,
  file: string,
): Promise<
  | { readonly ok: true; readonly given: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly faults: readonly Fault[] }
> {
  const read = await readDocument(text, file);
  if (!read.ok) return read;
  const { value } = read.source;
  const given = new Map<string, string>();
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      if (isObject(item) && typeof item['ParameterKey'] === 'string' && item['ParameterValue'] !== undefined)
        given.set(item['ParameterKey'], textOf(item['ParameterValue']));
      else if (typeof item === 'string' && item.includes('='))
        given.set(item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1));
    }
    return { ok: true, given };
  }
  const names = isObject(value) && isObject(value['Parameters']) ? value['Parameters'] : value;
  if (!isObject(names)) {
    return {
      ok: false,
      faults: [
        {
          code: 'not-parameters',
          message: `\`${file}\` holds no parameters`,
          next: 'write `{ "NAME": "VALUE" }`, or a list of `{ "ParameterKey", "ParameterValue" }`',
          file,
          pointer: '',
          line: 1,
          column: 1,
        },
      ],
    };
  }
  for (const [name, item] of Object.entries(names)) given.set(name, textOf(item));
  return { ok: true, given };
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

/** The value of each parameter that the template declares. */
export function parameterValues(
  template: Readonly<Record<string, unknown>>,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, Known<unknown>> {
  const declared = isObject(template['Parameters']) ? template['Parameters'] : {};
  return new Map(
    Object.entries(declared).map(([name, parameter]) => [
      name,
      valueOf(name, isObject(parameter) ? parameter : {}, given.get(name)),
    ]),
  );
}

function valueOf(
  name: string,
  parameter: Readonly<Record<string, unknown>>,
  given: string | undefined,
): Known<unknown> {
  const type = typeof parameter['Type'] === 'string' ? parameter['Type'] : 'String';
  const text = given ?? (parameter['Default'] === undefined ? null : textOf(parameter['Default']));
  if (text === null)
    return new UnknownValue(`the parameter \`${name}\` has no value: give it one with \`--parameters\``);
  if (type.startsWith('AWS::SSM::Parameter::Value'))
    return new UnknownValue(`the parameter \`${name}\` is looked up in SSM when the stack is made`);
  if (type === 'CommaDelimitedList' || type.startsWith('List<'))
    return text === '' ? [] : text.split(',').map((item) => item.trim());
  return text;
}
