/** The operations on inline policies, once for roles, users and groups. */
import { operation } from '../operation.ts';
import { changeEntity } from './change-entity.ts';
import { identityDocumentFault } from './documents/identity-document.ts';
import type { EntityKind } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { assertFound, findEntity } from './find-entity.ts';
import {
  assertValid,
  documentFaults,
  entityNameFaults,
  pageFaults,
  policyNameFaults,
} from './input-faults.ts';
import { countedCharacters } from './limits.ts';
import { pageOf, type PageInput } from './paging.ts';
import { entityArn, iamPermission, identityKeys, type IamContext } from './permission.ts';
import type { EntityRecord } from './ports.ts';
import { assertModifiable } from './service-linked.ts';
import { encodedDocument } from './sdk-shapes.ts';

type NameOf<Input> = (input: Input) => string | undefined;

interface OnePolicy {
  readonly PolicyName?: string | undefined;
}

export function putInlinePolicy<
  Record extends EntityRecord,
  Input extends OnePolicy & { PolicyDocument?: string | undefined },
>(kind: EntityKind<Record>, nameOf: NameOf<Input>) {
  const action = `Put${kind.noun}Policy`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(
        ...entityNameFaults(kind.word, nameOf(input)),
        ...policyNameFaults(input.PolicyName),
        ...documentFaults('policyDocument', input.PolicyDocument),
      ),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(
        action,
        entityArn(context, kind.word, nameOf(input), found),
        context,
        identityKeys(found),
      ),
    ],
    async operate(input, _found, { ports, caller }) {
      const { PolicyName: name = '', PolicyDocument: document = '' } = input;
      const message = identityDocumentFault(document);
      await changeEntity(ports.records, kind, caller.account, nameOf(input), (current) => {
        assertModifiable(current);
        if (message !== null) throw iamErrors.malformedPolicy({ message });
        const others = current.inlinePolicies.filter((policy) => policy.name !== name);
        const inlinePolicies = [...others, { name, document }].sort((a, b) => (a.name < b.name ? -1 : 1));
        assertFits(kind, current.name, inlinePolicies);
        return { next: { ...current, inlinePolicies } };
      });
      return {};
    },
  });
}

export function getInlinePolicy<Record extends EntityRecord, Input extends OnePolicy>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `Get${kind.noun}Policy`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...policyNameFaults(input.PolicyName)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context),
    ],
    operate(input, found) {
      const { value } = assertFound(found, kind, nameOf(input));
      const policy = value.inlinePolicies.find(({ name }) => name === input.PolicyName);
      if (policy === undefined)
        throw iamErrors.inlinePolicyNotFound({ kind: kind.word, name: input.PolicyName ?? '' });
      return Promise.resolve({
        [`${kind.noun}Name`]: value.name,
        PolicyName: policy.name,
        PolicyDocument: encodedDocument(policy.document),
      });
    },
  });
}

export function listInlinePolicies<Record extends EntityRecord, Input extends PageInput>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `List${kind.noun}Policies`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...pageFaults(input)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context),
    ],
    operate(input, found) {
      const names = assertFound(found, kind, nameOf(input)).value.inlinePolicies.map((policy) => policy.name);
      const { items, ...page } = pageOf(names, input, (name) => name);
      return Promise.resolve({ PolicyNames: items, ...page });
    },
  });
}

export function deleteInlinePolicy<Record extends EntityRecord, Input extends OnePolicy>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `Delete${kind.noun}Policy`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...policyNameFaults(input.PolicyName)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(
        action,
        entityArn(context, kind.word, nameOf(input), found),
        context,
        identityKeys(found),
      ),
    ],
    async operate(input, _found, { ports, caller }) {
      await changeEntity(ports.records, kind, caller.account, nameOf(input), (current) => {
        assertModifiable(current);
        const inlinePolicies = current.inlinePolicies.filter((policy) => policy.name !== input.PolicyName);
        if (inlinePolicies.length === current.inlinePolicies.length) {
          throw iamErrors.inlinePolicyNotFound({ kind: kind.word, name: input.PolicyName ?? '' });
        }
        return { next: { ...current, inlinePolicies } };
      });
      return {};
    },
  });
}

function find<Record extends EntityRecord>(
  kind: EntityKind<Record>,
  name: string | undefined,
  context: IamContext,
) {
  return findEntity(context.ports.records, kind, context.caller.account, name ?? '');
}

// spec: IAMAPI-QUOTA-1
function assertFits(
  kind: EntityKind<never>,
  name: string,
  inlinePolicies: EntityRecord['inlinePolicies'],
): void {
  const characters = inlinePolicies.reduce((sum, policy) => sum + countedCharacters(policy.document), 0);
  const limit = kind.inlinePoliciesMaxCharacters;
  if (characters > limit)
    throw iamErrors.inlinePoliciesTooLarge({ limit: String(limit), kind: kind.word, name });
}
