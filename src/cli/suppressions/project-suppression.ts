import type { Suppression } from '../../lint/suppression.ts';

/** A suppression with what tells whether it should have been needed by what was read. */
export interface ProjectSuppression extends Suppression {
  /** Whether a finding in this file may need it; `null` is standard input. An unused one is told only then. */
  isAbout(file: string | null): boolean;
}

/** A text of the user's that was read. */
export interface ReadText {
  /** `null`: standard input. */
  readonly file: string | null;
  readonly text: string;
}
