import type { Principal } from './principal.ts';

/** What AWS prints after `User: ` where it refuses: the caller's ARN, or the name of a service. spec: SRV-AUTHZ-2 */
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
