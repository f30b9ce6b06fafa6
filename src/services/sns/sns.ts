/** The Simple Notification Service: its operations and how it words a refusal. */
import type { AwsError } from '../aws-error.ts';
import type { Denial, Service } from '../operation.ts';
import { snsErrors } from './errors.ts';
import { snsOperations } from './operations.ts';
import type { SnsPorts } from './ports.ts';

export const sns: Service<SnsPorts> = { name: 'sns', operations: snsOperations, denied };

/** spec: SNS-DENIED-1 */
function denied({ callerName, permission, because }: Denial): AwsError {
  const { action, resource } = permission;
  return snsErrors.denied({
    user: callerName,
    action: asInTopicPolicies(action),
    resource,
    because: because.replaceAll(action, asInTopicPolicies(action)),
  });
}

function asInTopicPolicies(action: string): string {
  return action.replace(/^sns:/, 'SNS:');
}
