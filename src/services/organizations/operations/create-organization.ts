import type { CreateOrganizationRequest, CreateOrganizationResponse } from '@aws-sdk/client-organizations';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { organizationsErrors } from '../errors.ts';
import { lowerCaseAlphabet } from '../new-id.ts';
import {
  organizationTreeKey,
  organizationTrees,
  type OrganizationRecord,
  type OrganizationsPorts,
} from '../ports.ts';
import { organizationShape } from '../shapes.ts';

/** The caller's account becomes the management account. No policy type is enabled yet. spec: ORG-CREATE-1, ORG-ONE-1 */
export const createOrganization = operation<
  CreateOrganizationRequest,
  CreateOrganizationResponse,
  OrganizationsPorts,
  null
>({
  name: 'CreateOrganization',
  validate({ FeatureSet }) {
    if (FeatureSet === 'CONSOLIDATED_BILLING')
      throw organizationsErrors.invalidInput({
        message: 'You specified an invalid value: FeatureSet. Only ALL is available here.',
      });
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, { caller }) => [
    { action: 'organizations:CreateOrganization', resource: '*', resourceAccount: caller.account },
  ],
  async operate(_input, _, context) {
    const { ports, caller, partition } = context;
    const existing = await ports.records.get(organizationTrees, organizationTreeKey);
    if (existing !== null && Object.hasOwn(existing.value.accounts, caller.account))
      throw organizationsErrors.alreadyMember();
    if (existing !== null || (await ports.isLaidOut()))
      throw organizationsErrors.constraint({
        message: 'This server holds one organization, and there is one.',
      });
    const rootId = `r-${context.newToken(4, lowerCaseAlphabet)}`;
    const tree: OrganizationRecord = {
      id: `o-${context.newToken(10, lowerCaseAlphabet)}`,
      partition,
      managementAccount: caller.account,
      rootId,
      enabledPolicyTypes: [],
      units: {},
      accounts: {
        [caller.account]: {
          id: caller.account,
          name: 'management',
          email: `${caller.account}@example.com`,
          parentId: rootId,
          joinedMethod: 'INVITED',
          joinedAtMillis: context.nowMillis(),
          createRequestId: null,
        },
      },
      attachments: {},
    };
    const change = put(organizationTrees, organizationTreeKey, tree, { ifRevision: 0 });
    if ((await ports.records.commit([change])) === 'conflict') throw organizationsErrors.busy();
    return { Organization: organizationShape(tree) };
  },
});
