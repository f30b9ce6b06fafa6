/**
 * The limits of IAM's inputs, in the words of its model.
 * spec: IAMAPI-VALID-1
 */
import {
  constraintText,
  lengthBetween,
  matching,
  numberBetween,
  oneOf,
  required,
  type ConstraintFault,
} from '../constraints.ts';
import { iamErrors } from './errors.ts';
import { tagsMax } from './limits.ts';
import type { Tag } from './ports.ts';

/** @throws ValidationError that names every fault */
export function assertValid(...faults: readonly (ConstraintFault | null)[]): void {
  const message = constraintText(faults);
  if (message !== null) throw iamErrors.validation({ message });
}

const namePattern = /^[\w+=,.@-]+$/;

/** Model's patterns are printed without anchors. */
function printed(fault: ConstraintFault | null, pattern: string): ConstraintFault | null {
  return fault && { ...fault, must: `satisfy regular expression pattern: ${pattern}` };
}

export function nameFaults(path: string, name: string | undefined, max: number): (ConstraintFault | null)[] {
  return [
    required(path, name),
    lengthBetween(path, name, 1, max),
    name === '' ? null : printed(matching(path, name, namePattern), '[\\w+=,.@-]+'),
  ];
}

export const roleNameFaults = (name: string | undefined) => nameFaults('roleName', name, 64);
export const policyNameFaults = (name: string | undefined) => nameFaults('policyName', name, 128);
export const groupNameFaults = (name: string | undefined) => nameFaults('groupName', name, 128);
/** 128 where a user is named, 64 where one is made. */
export const userNameFaults = (name: string | undefined, max = 128) => nameFaults('userName', name, max);

export function entityNameFaults(
  word: 'role' | 'user' | 'group',
  name: string | undefined,
): (ConstraintFault | null)[] {
  return word === 'role'
    ? roleNameFaults(name)
    : word === 'user'
      ? userNameFaults(name)
      : groupNameFaults(name);
}

const pathPattern = /^(\/|\/[\u0021-\u007F]+\/)$/;

export function pathFaults(path: string | undefined, member = 'path', max = 512): (ConstraintFault | null)[] {
  return [
    lengthBetween(member, path, 1, max),
    printed(matching(member, path, pathPattern), '(\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)'),
  ];
}

// eslint-disable-next-line no-control-regex -- tab, line feed and carriage return are what IAM allows
const documentPattern = /^[\u0009\u000A\u000D\u0020-\u00FF]+$/;

export function documentFaults(member: string, document: string | undefined): (ConstraintFault | null)[] {
  return [
    required(member, document),
    lengthBetween(member, document, 1, 131_072),
    document === ''
      ? null
      : printed(matching(member, document, documentPattern), '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+'),
  ];
}

export function arnFaults(member: string, arn: string | undefined): (ConstraintFault | null)[] {
  return [required(member, arn), lengthBetween(member, arn, 20, 2048)];
}

export function pageFaults(input: { MaxItems?: number | undefined }): (ConstraintFault | null)[] {
  return [numberBetween('maxItems', input.MaxItems, 1, 1000)];
}

export function sessionDurationFaults(seconds: number | undefined): (ConstraintFault | null)[] {
  return [numberBetween('maxSessionDuration', seconds, 3600, 43_200)];
}

export function descriptionFaults(text: string | undefined): (ConstraintFault | null)[] {
  return [lengthBetween('description', text, 0, 1000)];
}

export function statusFaults(status: string | undefined): (ConstraintFault | null)[] {
  return [required('status', status), oneOf('status', status, ['Active', 'Inactive', 'Expired'])];
}

interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function tagFaults(tags: readonly TagInput[] | undefined): (ConstraintFault | null)[] {
  return [
    lengthBetween(
      'tags',
      tags?.map((tag) => tag.Key ?? ''),
      0,
      tagsMax,
    ),
    ...(tags ?? []).flatMap((tag, i) => {
      const at = `tags.${i + 1}.member`;
      return [
        required(`${at}.key`, tag.Key),
        lengthBetween(`${at}.key`, tag.Key, 1, 128),
        required(`${at}.value`, tag.Value),
        lengthBetween(`${at}.value`, tag.Value, 0, 256),
      ];
    }),
  ];
}

/** Tags that `tagFaults` found in order. @throws InvalidInput for keys that differ in case only */
export function readTags(tags: readonly TagInput[] | undefined): readonly Tag[] {
  const read = (tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const keys = new Set(read.map((tag) => tag.Key.toLowerCase()));
  if (keys.size < read.length) throw iamErrors.duplicateTagKeys();
  return read;
}
