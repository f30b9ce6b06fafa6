/** The Simple Storage Service: its operations and how it words a refusal. */
import type { AwsError } from '../aws-error.ts';
import type { Denial, Service } from '../operation.ts';
import { arrivalContext } from './arrival-context.ts';
import { s3Errors } from './errors.ts';
import { s3Operations } from './operations.ts';
import type { S3Ports } from './ports.ts';

export const s3: Service<S3Ports> = {
  name: 's3',
  operations: s3Operations,
  denied,
  arrivalContext,
};

/**
 * Who belongs to the bucket's account or organization is told which kind of policy refused; a stranger is not.
 * spec: S3-DENIED-1, S3-DENIED-2
 */
function denied({
  permission,
  caller,
  callerName,
  because,
  isSameAccount,
  isSameOrganization,
}: Denial): AwsError {
  const isStranger = caller.principal.kind === 'anonymous' || !(isSameAccount || isSameOrganization);
  if (isStranger) return s3Errors.accessDenied();
  return s3Errors.denied({
    user: callerName,
    action: permission.action,
    resource: permission.resource,
    because,
  });
}
