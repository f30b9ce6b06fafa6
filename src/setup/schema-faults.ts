/**
 * What a schema found, as faults with place, sentence and what to do. Names of ours (types of the schema library)
 * never reach a person.
 * spec: SETUP-READ-1
 */
import type * as z from 'zod/mini';
import type { Fault } from '../policy/document/fault.ts';
import { nearestName } from '../explain/nearest-name.ts';
import { pointerOf, valueAt, type SetupPath } from './policy-slots.ts';

/** A document as its reader left it: the value, and places where its text is at hand. */
export interface LocatedValue {
  readonly file: string | null;
  readonly value: unknown;
  locate(pointer: string): { readonly line: number; readonly column: number } | null;
  /** Where the document was put together from several files: which of them holds the node, and what it is called there. */
  originOf?(pointer: string): { readonly file: string | null; readonly address: string } | null;
}

/** Checks `document` against `schema`. Every fault is told, in the order of the text. */
export function checkAgainst<T>(
  schema: z.ZodMiniType<T>,
  document: LocatedValue,
  what: string,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] } {
  const checked = schema.safeParse(document.value, { reportInput: true });
  if (checked.success) return { ok: true, value: checked.data };
  const faults = checked.error.issues.flatMap((issue) => faultsOf(issue, schema, document, what));
  return { ok: false, faults: inTextOrder(faults) };
}

/** The fault at `path` of `document`. */
export function faultAt(
  document: LocatedValue,
  path: SetupPath,
  fault: Pick<Fault, 'code' | 'message' | 'next'>,
): Fault {
  const pointer = pointerOf(path);
  const place = document.locate(pointer);
  return {
    ...fault,
    file: document.originOf?.(pointer)?.file ?? document.file,
    pointer,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}

/** Faults as a person meets them reading the text; those without a place keep their order. */
export function inTextOrder(faults: readonly Fault[]): readonly Fault[] {
  return [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function faultsOf(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  document: LocatedValue,
  what: string,
): readonly Fault[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = membersAt(schema, path);
    return issue.keys.map((key) =>
      faultAt(document, [...path, key], {
        code: 'unknown-member',
        message: `\`${key}\` is not a member of ${placeName(path, what)}`,
        next: nextForUnknownMember(key, known),
      }),
    );
  }
  const found = valueAt(document.value, path);
  const member = path.at(-1);
  if (found === undefined && member !== undefined) {
    return [
      faultAt(document, path.slice(0, -1), {
        code: 'missing-member',
        message: `${placeName(path.slice(0, -1), what)} has no \`${member}\``,
        next: `add \`${member}\`: ${expectedBy(issue)}`,
      }),
    ];
  }
  return [wrongValue(issue, path, found, document, what)];
}

function wrongValue(
  issue: z.core.$ZodIssue,
  path: SetupPath,
  found: unknown,
  document: LocatedValue,
  what: string,
): Fault {
  const place = placeName(path, what);
  if (typeof found === 'number' && isAccountPlace(path)) {
    return faultAt(document, path, {
      code: 'account-id-is-a-number',
      message: `${place} is the number \`${found}\`: an account ID has twelve digits, and a number loses leading zeros`,
      next: `write it in quotes: "${String(found).padStart(12, '0')}"`,
    });
  }
  const code = issue.code === 'invalid_type' || issue.code === 'invalid_union' ? 'wrong-type' : 'wrong-value';
  return faultAt(document, path, {
    code,
    message: `${place} is ${describe(found)}`,
    next: `write ${expectedBy(issue)}`,
  });
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? `\`${String(issue.values[0])}\``
        : `one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
    case 'invalid_union':
      return unionWords(issue);
    default:
      return formatWords[issue.message] ?? 'a value that is not empty';
  }
}

function unionWords(issue: z.core.$ZodIssueInvalidUnion): string {
  const words = issue.errors.flatMap((errors) => errors.slice(0, 1).map(expectedBy));
  return [...new Set(words)].join(' or ');
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: '`true` or `false`',
  number: 'a number',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  null: '`null`',
};

/** The schema names a format where it checks one; the sentence is here. */
const formatWords: Readonly<Record<string, string>> = {
  'account-id': 'the twelve digits of an AWS account ID, in quotes',
  region: 'an AWS Region, such as `us-east-1`',
  'bucket-name': "the bucket's name, not its ARN",
  'role-arn': 'the ARN of an IAM role: `arn:aws:iam::111122223333:role/NAME`',
  'user-arn': 'the ARN of an IAM user: `arn:aws:iam::111122223333:user/NAME`',
  'key-arn': 'the ARN of a KMS key: `arn:aws:kms:us-east-1:111122223333:key/ID`',
  'topic-arn': 'the ARN of an SNS topic: `arn:aws:sns:us-east-1:111122223333:NAME`',
  arn: 'an ARN: `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`',
  'alias-name': "an alias's name: `alias/NAME`",
  action: 'one action with its service: `kms:GenerateDataKey`',
};

function describe(found: unknown): string {
  if (found === null) return '`null`';
  if (Array.isArray(found)) return 'an array';
  if (typeof found === 'object') return 'an object';
  if (typeof found === 'string') return found === '' ? 'empty' : `\`${shortened(found)}\``;
  return `the ${typeof found} \`${JSON.stringify(found)}\``;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function placeName(path: SetupPath, what: string): string {
  const name = path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`));
  return path.length === 0 ? what : `\`${name.join('')}\``;
}

function isAccountPlace(path: SetupPath): boolean {
  const member = path.at(-1);
  return (
    member === 'account' ||
    member === 'managementAccount' ||
    member === 'resourceAccount' ||
    (member === 'id' && path.includes('accounts'))
  );
}

function nextForUnknownMember(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  if (nearest !== null) return `did you mean \`${nearest}\`? If not, remove it`;
  return `remove it; known here are ${known.map((name) => `\`${name}\``).join(', ')}`;
}

/** The members that the schema knows at `path`; empty where it is no object. */
function membersAt(schema: z.core.$ZodType, path: SetupPath): readonly string[] {
  const at = path.reduce<z.core.$ZodType | null>(
    (current, part) => (current === null ? null : childSchema(unwrapped(current), part)),
    schema,
  );
  const def = at === null ? null : definitionOf(unwrapped(at));
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}

function childSchema(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | null {
  const def = definitionOf(schema);
  if (def.type === 'array') return def.element;
  if (def.type === 'object') return def.shape[part] ?? null;
  return null;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const def = definitionOf(schema);
  if (def.type === 'optional' || def.type === 'nullable') return unwrapped(def.innerType);
  if (def.type !== 'union') return schema;
  return def.options.find((option) => definitionOf(option).type === 'object') ?? schema;
}

type Definition = z.core.$ZodTypes['_zod']['def'];

function definitionOf(schema: z.core.$ZodType): Definition {
  // Every schema of ours is one of the library's own classes, which `$ZodTypes` lists.
  return (schema as z.core.$ZodTypes)._zod.def;
}
