/** A twelve-digit AWS account ID. Made only by `parseAccountId`, so a value of this type has that form. */
export type AccountId = string & { readonly __brand: 'AccountId' };

/** The account ID that `text` spells, or `null` unless it is exactly twelve digits. */
export function parseAccountId(text: string): AccountId | null {
  return /^\d{12}$/.test(text) ? (text as AccountId) : null;
}
