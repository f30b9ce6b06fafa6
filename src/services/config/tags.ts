/**
 * Tags of recorders: what AWS Config has here that can be tagged.
 * spec: CFG-TAG-1, CFG-TAG-2
 */
import type { Tag } from '@aws-sdk/client-config-service';
import { parseArn } from '../../aws/arn.ts';
import { present, presentList } from '../../policy/context.ts';
import { lengthBetween, required, type ConstraintFault } from '../constraints.ts';
import type { ContextEntries, OperationContext } from '../operation.ts';
import { put, type Stored } from '../records.ts';
import { configErrors } from './errors.ts';
import { findRecorder } from './find-recorder.ts';
import { recorders, recordingMarks, type ConfigPorts, type RecorderRecord } from './ports.ts';
import { assertConstraints } from './validate.ts';

type Context = OperationContext<ConfigPorts>;

export const tagsMax = 50;

const tagForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** @throws ValidationException, InvalidInput */
export function assertTags(tags: readonly Tag[]): void {
  assertConstraints(
    // AWS prints Java's names of the tags here; nobody reads them.
    tags.length > tagsMax
      ? { path: 'tags', value: '[...]', must: `have length less than or equal to ${tagsMax}` }
      : null,
    ...tags.flatMap(({ Key, Value }, index) => [
      required(`tags.${index + 1}.member.key`, Key),
      ...textFaults(`tags.${index + 1}.member.key`, Key, 1, 128),
      ...textFaults(`tags.${index + 1}.member.value`, Value, 0, 256),
    ]),
  );
  const names = tags.map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(names).size !== names.length) throw configErrors.duplicateTags();
  const reserved = tags.find(({ Key = '' }) => Key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw configErrors.reservedTag({ key: reserved.Key ?? '' });
}

/** @throws ValidationException */
export function assertTagKeys(keys: readonly string[] | undefined): void {
  assertConstraints(
    required('tagKeys', keys),
    lengthBetween('tagKeys', keys, 1, tagsMax),
    ...(keys ?? []).map((key, index) => lengthBetween(`tagKeys.${index + 1}.member`, key, 1, 128)),
  );
}

export function assertResourceArn(arn: string | undefined): void {
  assertConstraints(required('resourceArn', arn), lengthBetween('resourceArn', arn, 1, 1000));
}

export function taggedRecord(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** @throws ResourceNotFoundException also for what cannot be tagged, and for what is elsewhere */
export async function getTagged(arn: string, context: Context): Promise<Stored<RecorderRecord>> {
  const found = parseArn(arn) === null ? null : await findRecorder(context);
  if (found?.value.arn !== arn) throw configErrors.taggedNotFound({ arn });
  return found;
}

/** @throws TooManyTagsException; ThrottlingException another request was first */
export async function storeTags(
  recorder: Stored<RecorderRecord>,
  tags: Readonly<Record<string, string>>,
  context: Context,
): Promise<void> {
  if (Object.keys(tags).length > tagsMax) throw configErrors.tooManyTags({ arn: recorder.value.arn });
  const changes = [
    put(recorders, recorder.key, { ...recorder.value, tags }, { ifRevision: recorder.revision }),
    put(recordingMarks, recorder.value.account, {}),
  ];
  if ((await context.ports.records.commit(changes)) === 'conflict') throw configErrors.busy();
}

/** The condition keys of a request that sets tags. */
export function requestTagEntries(tags: readonly Tag[]): ContextEntries {
  if (tags.length === 0) return [];
  return [
    ...tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, present(Value)] as const),
    tagKeysEntry(tags.map(({ Key = '' }) => Key)),
  ];
}

export function tagKeysEntry(keys: readonly string[]): ContextEntries[number] {
  return ['aws:TagKeys', presentList([...keys])];
}

function textFaults(
  path: string,
  value: string | undefined,
  min: number,
  max: number,
): readonly (ConstraintFault | null)[] {
  const isWellFormed = value === undefined || tagForm.test(value);
  return [
    lengthBetween(path, value, min, max),
    isWellFormed
      ? null
      : { path, value, must: 'satisfy regular expression pattern: [\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+\\\\-@]+' },
  ];
}
