/** AWS's own policies, which let everything through: attached everywhere as soon as their type is enabled. */
import type { PolicyRecord, PolicyTypeName } from './ports.ts';

/** spec: ORG-DEFAULT-1 */
export const fullAccessPolicies: Readonly<Record<PolicyTypeName, PolicyRecord>> = {
  SERVICE_CONTROL_POLICY: {
    id: 'p-FullAWSAccess',
    type: 'SERVICE_CONTROL_POLICY',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    content: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
  },
  RESOURCE_CONTROL_POLICY: {
    id: 'p-RCPFullAWSAccess',
    type: 'RESOURCE_CONTROL_POLICY',
    name: 'RCPFullAWSAccess',
    description: 'Allows access to every resource',
    content: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    }),
  },
};

export function isAwsPolicy(id: string): boolean {
  return Object.values(fullAccessPolicies).some((policy) => policy.id === id);
}
