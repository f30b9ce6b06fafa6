/** The KMS operations that work on another account's key; all others fail there whatever the policies say. spec: IAM-KMS-4 */
const operations: ReadonlySet<string> = new Set([
  'encrypt',
  'decrypt',
  'reencryptfrom',
  'reencryptto',
  'generatedatakey',
  'generatedatakeywithoutplaintext',
  'generatedatakeypair',
  'generatedatakeypairwithoutplaintext',
  'generatemac',
  'verifymac',
  'sign',
  'verify',
  'derivesharedsecret',
  'describekey',
  'getpublickey',
  'getkeyrotationstatus',
  'creategrant',
  'listgrants',
  'revokegrant',
  'retiregrant',
]);

/** Whether an action (`kms:Decrypt`, any case) may be called on a key of another account. True for other services. */
export function worksAcrossAccounts(action: string): boolean {
  const folded = action.toLowerCase();
  return !folded.startsWith('kms:') || operations.has(folded.slice('kms:'.length));
}
