/** Operations that only the organization's management account may ask for: nearly all. */
import { present } from '../../policy/context.ts';
import { operation, type ContextEntries, type OperationContext, type Permission } from '../operation.ts';
import { put, type Change, type Stored } from '../records.ts';
import { organizationsErrors } from './errors.ts';
import {
  organizationTreeKey,
  organizationTrees,
  type OrganizationRecord,
  type OrganizationsPorts,
} from './ports.ts';

export type OrganizationsContext = OperationContext<OrganizationsPorts>;

/** The organization as it is, with what an operation found in it. */
export interface InOrganization<Found> {
  readonly stored: Stored<OrganizationRecord>;
  readonly tree: OrganizationRecord;
  readonly found: Found;
}

interface Declaration<Input, Output, Found> {
  readonly name: string;
  /** Finds what the request names. Throws where it is not there. */
  find(input: Input, tree: OrganizationRecord, context: OrganizationsContext): Promise<Found> | Found;
  /** ARNs that the permission is needed on; `*` where the action names no resource. */
  resources(found: Found, tree: OrganizationRecord): readonly string[];
  /** The type of policy that the request is about, for `organizations:PolicyType`. */
  policyType?(found: Found): string;
  operate(input: Input, of: InOrganization<Found>, context: OrganizationsContext): Promise<Output>;
}

/** spec: ORG-AUTH-1, ORG-AUTH-2 */
export function managementOperation<Input, Output, Found>(declaration: Declaration<Input, Output, Found>) {
  const { name } = declaration;
  return operation<Input, Output, OrganizationsPorts, InOrganization<Found>>({
    name,
    async resolve(input, context) {
      const stored = await findOrganization(context);
      const tree = stored.value;
      if (context.caller.account !== tree.managementAccount) throw organizationsErrors.notManagement();
      return { stored, tree, found: await declaration.find(input, tree, context) };
    },
    authorization: (_, { tree, found }) => {
      const type = declaration.policyType?.(found);
      const context: ContextEntries = type === undefined ? [] : [['organizations:PolicyType', present(type)]];
      return declaration.resources(found, tree).map((resource): Permission => ({
        action: `organizations:${name}`,
        resource,
        resourceAccount: tree.managementAccount,
        context,
      }));
    },
    operate: (input, of, context) => declaration.operate(input, of, context),
  });
}

/**
 * The organization that the caller belongs to.
 *
 * @throws AWSOrganizationsNotInUseException, ConstraintViolationException
 * spec: ORG-SETUP-2
 */
export async function findOrganization({
  caller,
  ports,
}: OrganizationsContext): Promise<Stored<OrganizationRecord>> {
  if (await ports.isLaidOut())
    throw organizationsErrors.constraint({
      message: 'The organization was laid out with a setup, and changes with the setup only.',
    });
  const stored = await ports.records.get(organizationTrees, organizationTreeKey);
  if (stored === null || !Object.hasOwn(stored.value.accounts, caller.account))
    throw organizationsErrors.notInUse();
  return stored;
}

/** Stores the organization as it shall be, with what goes along. @throws ConcurrentModificationException */
export async function changeOrganization(
  { stored }: Pick<InOrganization<unknown>, 'stored'>,
  changed: OrganizationRecord,
  { ports }: OrganizationsContext,
  more: readonly Change[] = [],
): Promise<void> {
  const change = put(organizationTrees, stored.key, changed, { ifRevision: stored.revision });
  if ((await ports.records.commit([change, ...more])) === 'conflict') throw organizationsErrors.busy();
}
