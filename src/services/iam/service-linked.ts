/**
 * Service-linked roles: made for a service, with AWS's own policies, and changed by AWS alone.
 * spec: IAMAPI-SLR-1, IAMAPI-SLR-2
 */
import { iamErrors } from './errors.ts';
import type { EntityRecord } from './ports.ts';

export interface ServiceLinkedRole {
  readonly name: string;
  readonly policyArn: string;
  readonly description: string;
}

/** The services whose role this endpoint can make. */
export const serviceLinkedRoles: Readonly<Record<string, ServiceLinkedRole>> = {
  'config.amazonaws.com': {
    name: 'AWSServiceRoleForConfig',
    policyArn: 'arn:aws:iam::aws:policy/aws-service-role/AWSConfigServiceRolePolicy',
    description: 'A service-linked role required for AWS Config to access your resources.',
  },
};

export function isServiceLinkedPath(path: string): boolean {
  return path.startsWith('/aws-service-role/');
}

/** @throws UnmodifiableEntity for a service-linked role */
export function assertModifiable(entity: EntityRecord): void {
  if (isServiceLinkedPath(entity.path)) throw iamErrors.protectedRole({ name: entity.name });
}
