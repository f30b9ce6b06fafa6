/** The operations on attached managed policies and on boundaries, once for roles, users and groups. */
import { present } from '../../policy/context.ts';
import { operation } from '../operation.ts';
import { changeEntity, touch } from './change-entity.ts';
import type { EntityKind } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { assertFound, findEntity } from './find-entity.ts';
import { arnFaults, assertValid, entityNameFaults, pageFaults, pathFaults } from './input-faults.ts';
import { attachedPoliciesMax } from './limits.ts';
import { attachablePolicy, type AttachablePolicy } from './managed-policies.ts';
import { pageOf, type PageInput } from './paging.ts';
import {
  boundaryKeys,
  entityArn,
  iamPermission,
  identityKeys,
  resourceTagKeys,
  type IamContext,
} from './permission.ts';
import { policies, type EntityRecord, type IdentityRecord } from './ports.ts';
import { attachedPolicyShapes } from './sdk-shapes.ts';
import { assertModifiable } from './service-linked.ts';
import type { Change } from '../records.ts';

type NameOf<Input> = (input: Input) => string | undefined;

interface OnePolicy {
  readonly PolicyArn?: string | undefined;
}

export function attachPolicy<Record extends EntityRecord, Input extends OnePolicy>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `Attach${kind.noun}Policy`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...arnFaultsUnlessShort(input.PolicyArn)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context, [
        ...policyArnKey(input.PolicyArn),
        ...identityKeys(found),
      ]),
    ],
    async operate(input, _found, { ports, caller }) {
      const arn = input.PolicyArn ?? '';
      await changeEntity(ports.records, kind, caller.account, nameOf(input), async (current) => {
        assertModifiable(current);
        const policy = await attachablePolicy(ports.records, caller.account, arn);
        if (current.attachedPolicies.includes(arn)) return { next: current };
        if (current.attachedPolicies.length >= attachedPoliciesMax) {
          throw iamErrors.quota({ quota: kind.attachedQuota, limit: String(attachedPoliciesMax) });
        }
        return {
          next: { ...current, attachedPolicies: [...current.attachedPolicies, arn] },
          along: held(policy),
        };
      });
      return {};
    },
  });
}

export function detachPolicy<Record extends EntityRecord, Input extends OnePolicy>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `Detach${kind.noun}Policy`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(...entityNameFaults(kind.word, nameOf(input)), ...arnFaultsUnlessShort(input.PolicyArn)),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context, [
        ...policyArnKey(input.PolicyArn),
        ...identityKeys(found),
      ]),
    ],
    async operate(input, _found, { ports, caller }) {
      await changeEntity(ports.records, kind, caller.account, nameOf(input), (current) => {
        assertModifiable(current);
        const attachedPolicies = current.attachedPolicies.filter((arn) => arn !== input.PolicyArn);
        if (attachedPolicies.length === current.attachedPolicies.length) {
          throw iamErrors.policyNotFound({ arn: input.PolicyArn ?? '' });
        }
        return { next: { ...current, attachedPolicies } };
      });
      return {};
    },
  });
}

export function listAttachedPolicies<
  Record extends EntityRecord,
  Input extends PageInput & { PathPrefix?: string | undefined },
>(kind: EntityKind<Record>, nameOf: NameOf<Input>) {
  const action = `ListAttached${kind.noun}Policies`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(
        ...entityNameFaults(kind.word, nameOf(input)),
        ...pathFaults(input.PathPrefix, 'pathPrefix'),
        ...pageFaults(input),
      ),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context),
    ],
    operate(input, found) {
      const { PathPrefix: prefix = '/' } = input;
      const attached = attachedPolicyShapes(assertFound(found, kind, nameOf(input)).value)
        .filter(({ PolicyArn: arn = '' }) =>
          arn.slice(arn.indexOf(':policy/') + ':policy'.length).startsWith(prefix),
        )
        .sort((a, b) => ((a.PolicyArn ?? '') < (b.PolicyArn ?? '') ? -1 : 1));
      const { items, ...page } = pageOf(attached, input, (policy) => policy.PolicyArn ?? '');
      return Promise.resolve({ AttachedPolicies: items, ...page });
    },
  });
}

export function putBoundary<
  Record extends IdentityRecord,
  Input extends { PermissionsBoundary?: string | undefined },
>(kind: EntityKind<Record>, nameOf: NameOf<Input>) {
  const action = `Put${kind.noun}PermissionsBoundary`;
  return operation({
    name: action,
    validate: (input: Input) =>
      assertValid(
        ...entityNameFaults(kind.word, nameOf(input)),
        ...arnFaults('permissionsBoundary', input.PermissionsBoundary),
      ),
    resolve: (input: Input, context: IamContext) => find(kind, nameOf(input), context),
    authorization: (input, found, context) => [
      iamPermission(action, entityArn(context, kind.word, nameOf(input), found), context, [
        ...boundaryKeys(input.PermissionsBoundary),
        ...resourceTagKeys(found?.value.tags),
      ]),
    ],
    async operate(input, _found, { ports, caller }) {
      const arn = input.PermissionsBoundary ?? '';
      await changeEntity(ports.records, kind, caller.account, nameOf(input), async (current) => {
        assertModifiable(current);
        const policy = await attachablePolicy(ports.records, caller.account, arn);
        return { next: { ...current, permissionsBoundary: arn }, along: held(policy) };
      });
      return {};
    },
  });
}

export function deleteBoundary<Record extends IdentityRecord, Input>(
  kind: EntityKind<Record>,
  nameOf: NameOf<Input>,
) {
  const action = `Delete${kind.noun}PermissionsBoundary`;
  return operation({
    name: action,
    validate: (input: Input) => assertValid(...entityNameFaults(kind.word, nameOf(input))),
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
        return { next: { ...current, permissionsBoundary: null } };
      });
      return {};
    },
  });
}

/** Keeps a customer's policy from being deleted at the moment when it is attached. AWS's own are always there. */
export function held(policy: AttachablePolicy): readonly Change[] {
  return policy.owner === 'customer' ? [touch(policies, policy.found)] : [];
}

function find<Record extends EntityRecord>(
  kind: EntityKind<Record>,
  name: string | undefined,
  context: IamContext,
) {
  return findEntity(context.ports.records, kind, context.caller.account, name ?? '');
}

function policyArnKey(arn: string | undefined) {
  return arn === undefined ? [] : [['iam:PolicyARN', present(arn)] as const];
}

/** What is too short to be an ARN is refused as no ARN, as recorded, not for its length. */
function arnFaultsUnlessShort(arn: string | undefined) {
  return arn !== undefined && arn.length < 20 ? [] : arnFaults('policyArn', arn);
}
