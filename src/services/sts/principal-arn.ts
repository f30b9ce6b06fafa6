import type { Principal } from '../../policy/principal.ts';

/** The ARN of a caller that has one: what GetCallerIdentity answers. `null` for strangers and services. */
export function principalArn(principal: Principal): string | null {
  switch (principal.kind) {
    case 'account-root':
      return `arn:${principal.partition}:iam::${principal.account}:root`;
    case 'user':
    case 'federated-user':
      return principal.arn;
    case 'role-session':
      return principal.sessionArn;
    case 'service':
    case 'federated':
    case 'anonymous':
      return null;
  }
}
