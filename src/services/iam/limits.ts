/**
 * IAM's default quotas.
 * spec: IAMAPI-QUOTA-1
 */
export const trustPolicyMaxCharacters = 2048;
export const managedPolicyMaxCharacters = 6144;
export const policyVersionsMax = 5;
export const attachedPoliciesMax = 10;
export const accessKeysMax = 2;
export const tagsMax = 50;
export const groupsPerUserMax = 10;

/**
 * The size that counts against a quota: characters without white space.
 * Within strings white space counts: AWS doesn't say, and counting it never stores what AWS would refuse.
 * spec: IAMAPI-QUOTA-2
 */
export function countedCharacters(document: string): number {
  return document.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : '')).length;
}
