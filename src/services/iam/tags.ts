/** The operations on tags, once for roles and users. */
import { presentList } from '../../policy/context.ts';
import { operation } from '../operation.ts';
import { changeEntity } from './change-entity.ts';
import type { EntityKind } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { assertFound, findEntity } from './find-entity.ts';
import { assertValid, entityNameFaults, pageFaults, readTags, tagFaults } from './input-faults.ts';
import { tagsMax } from './limits.ts';
import { pageOf, type PageInput } from './paging.ts';
import { entityArn, iamPermission, requestTagKeys, resourceTagKeys, type IamContext } from './permission.ts';
import type { IdentityRecord, Tag } from './ports.ts';

type NameOf<Input> = (input: Input) => string | undefined;

interface TagsInput {
  readonly Tags?: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;
}

export function tagEntity<Record extends IdentityRecord, Input extends TagsInput>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `Tag${kind.noun}`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...tagFaults(input.Tags)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context, [
        ...requestTagKeys(input.Tags),
        ...resourceTagKeys(found?.value.tags),
      ]),
    ],
    async operate(input, _found, { ports, caller }) {
      const added = readTags(input.Tags);
      await changeEntity(ports.records, kind, caller.account, nameOf(input), (current) => ({
        next: { ...current, tags: merged(current.tags, added) },
      }));
      return {};
    },
  });
}

export function untagEntity<
  Record extends IdentityRecord,
  Input extends { readonly TagKeys?: string[] | undefined },
>(kind: EntityKind<Record>, nameOf: NameOf<Input>) {
  const action = `Untag${kind.noun}`;
  return operation({
    name: action,
    validate: (input: Input) => assertValid(...entityNameFaults(kind.word, nameOf(input))),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context, [
        ['aws:TagKeys', presentList(input.TagKeys ?? [])],
        ...resourceTagKeys(found?.value.tags),
      ]),
    ],
    async operate(input, _found, { ports, caller }) {
      const gone = new Set((input.TagKeys ?? []).map((key) => key.toLowerCase()));
      await changeEntity(ports.records, kind, caller.account, nameOf(input), (current) => ({
        next: { ...current, tags: current.tags.filter((tag) => !gone.has(tag.Key.toLowerCase())) },
      }));
      return {};
    },
  });
}

export function listTags<Record extends IdentityRecord, Input extends PageInput>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `List${kind.noun}Tags`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...pageFaults(input)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(
        action,
        entityArn(context, kind.word, nameOf(input), found),
        context,
        resourceTagKeys(found?.value.tags),
      ),
    ],
    operate(input, found) {
      const tags = [...assertFound(found, kind, nameOf(input)).value.tags].sort((a, b) =>
        a.Key < b.Key ? -1 : 1,
      );
      const { items, ...page } = pageOf(tags, input, (tag) => tag.Key);
      return Promise.resolve({ Tags: items, ...page });
    },
  });
}

/** A tag whose key is there already, in any case, takes the new value. spec: IAMAPI-TAG-1 */
function merged(current: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const keys = new Set(added.map((tag) => tag.Key.toLowerCase()));
  const tags = [...current.filter((tag) => !keys.has(tag.Key.toLowerCase())), ...added];
  if (tags.length > tagsMax) throw iamErrors.quota({ quota: 'TagsPerResource', limit: String(tagsMax) });
  return tags;
}

function find<Record extends IdentityRecord>(
  kind: EntityKind<Record>,
  name: string | undefined,
  context: IamContext,
) {
  return findEntity(context.ports.records, kind, context.caller.account, name ?? '');
}
