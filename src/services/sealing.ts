/**
 * Encrypts what must not stand in the clear on disk (secrets of access keys and sessions) under the server's root
 * key. Made by `app.ts`; services know the interface only.
 */
export interface Sealing {
  /** Authenticated encryption; the same bytes seal differently each time. */
  seal(bytes: Uint8Array): Uint8Array;
  /**
   * The bytes that were sealed.
   *
   * @throws when they were not sealed under this root key, or were changed since
   */
  open(sealed: Uint8Array): Uint8Array;
}

/** A text, sealed, as base64: the form in which records hold it. */
export function sealText(sealing: Sealing, text: string): string {
  return Buffer.from(sealing.seal(Buffer.from(text, 'utf8'))).toString('base64');
}

export function openText(sealing: Sealing, sealed: string): string {
  return Buffer.from(sealing.open(Buffer.from(sealed, 'base64'))).toString('utf8');
}
