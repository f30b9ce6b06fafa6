/** What STS asks of IAM: made here, joined to STS's port in `app.ts`. */
import type { StoredPolicy } from '../operation.ts';
import type { Records } from '../records.ts';
import { identityDocumentFault } from './documents/identity-document.ts';
import { role } from './entity-kind.ts';
import { findEntityByArn } from './find-entity.ts';
import { defaultDocument, findPolicy } from './managed-policies.ts';
import { awsDocument } from './policies-of.ts';
import { principalExists } from './principal-exists.ts';
import { isServiceLinkedPath } from './service-linked.ts';

export function roleDirectory(records: Records) {
  return {
    /** The role with exactly this ARN, or `null`. */
    async findRole(arn: string) {
      const found = await findEntityByArn(records, role, arn);
      if (found === null) return null;
      const { name, id, account, partition, trustPolicy, maxSessionSeconds, tags, path } = found.value;
      const isServiceLinked = isServiceLinkedPath(path);
      return { arn, name, id, account, partition, trustPolicy, maxSessionSeconds, tags, isServiceLinked };
    },

    /** The managed policy with this ARN, of this account or of AWS; `null` if there is none or its text is not known here. */
    async findManagedPolicy(arn: string, account: string): Promise<StoredPolicy | null> {
      const found = await findPolicy(records, arn);
      const own = found?.value.account === account ? defaultDocument(found.value) : null;
      const text = own ?? awsDocument(arn);
      return text === null ? null : { text, arn, label: `the session policy ${arn}` };
    },

    /** What IAM says against a document as a session policy; `null`: nothing. */
    policyFault: identityDocumentFault,

    /** Whether a user, role, role session or account with this ARN exists now. */
    exists: (arn: string): Promise<boolean> => principalExists(records, arn),
  };
}
