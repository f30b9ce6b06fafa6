import type { Records } from '../records.ts';
import { trustDocumentFault } from './documents/trust-document.ts';
import { iamErrors } from './errors.ts';
import { countedCharacters, trustPolicyMaxCharacters } from './limits.ts';
import { principalExists } from './principal-exists.ts';

/** @throws MalformedPolicyDocument, LimitExceeded: what IAM would not store as a trust policy */
export async function assertTrustPolicy(records: Records, document: string): Promise<void> {
  const message = await trustDocumentFault(document, (arn) => principalExists(records, arn));
  if (message !== null) throw iamErrors.malformedPolicy({ message });
  // spec: IAMAPI-QUOTA-1
  if (countedCharacters(document) > trustPolicyMaxCharacters) {
    throw iamErrors.quota({ quota: 'ACLSizePerRole', limit: String(trustPolicyMaxCharacters) });
  }
}
