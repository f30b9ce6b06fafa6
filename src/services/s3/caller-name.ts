/** What S3 prints after `User: ` where it refuses outside of the policy engine. */
import type { Principal } from '../../policy/principal.ts';

export function callerName(principal: Principal): string {
  switch (principal.kind) {
    case 'account-root':
      return `arn:${principal.partition}:iam::${principal.account}:root`;
    case 'user':
    case 'federated-user':
      return principal.arn;
    case 'role-session':
      return principal.sessionArn;
    case 'service':
      return principal.name;
    case 'federated':
      return principal.provider;
    case 'anonymous':
      return 'anonymous';
  }
}
