/** The server does not start: one sentence that says why and what to do. Nothing was changed. */
export class AppNotStarted extends Error {
  override readonly name = 'AppNotStarted';
}
